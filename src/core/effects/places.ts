// The built-in patterns that say what kind of place a path is. One table, first match wins.
// Patterns are minimatch on the absolute path; `~` stands for the home directory.
import type { PathPlace } from './types.ts';

export interface PlacePattern {
  place: PathPlace;
  patterns: readonly string[];
}

/** In order of precedence: the gate before secrets, secrets before start-up files, those before build output. */
export const placePatterns: readonly PlacePattern[] = [
  {
    place: 'gate',
    patterns: [
      '**/.interlock',
      '**/.interlock/**',
      '**/.vscode',
      '**/.vscode/settings.json',
      '**/.vscode/tasks.json',
      '**/.vscode/mcp.json',
      '**/*.code-workspace',
      '**/.devcontainer',
      '**/.devcontainer/**',
      '**/.devcontainer.json',
      '~/.config/{Code,Code - Insiders,Cursor,VSCodium,Windsurf}/User/**',
      '~/Library/Application Support/{Code,Code - Insiders,Cursor,VSCodium,Windsurf}/User/**',
      '~/.vscode{,-server,-insiders,-oss,-remote}/**',
      '~/.vscode{,-server,-insiders,-oss,-remote}',
      '~/.cursor{,-server}/**',
      '**/.claude',
      '**/.claude/settings*.json',
      '**/.claude/hooks{,/**}',
      '~/.claude.json',
      '**/.codex',
      '**/.codex/{config.toml,hooks.json,hooks{,/**},rules{,/**}}',
      '**/.cursor/{hooks.json,hooks{,/**},permissions.json,cli.json,mcp.json}',
      '**/.gemini/{settings.json,policies{,/**},hooks{,/**}}',
      '**/.copilot/{config.json,hooks{,/**},permissions-config.json}',
      '**/.github/hooks{,/**}',
      '**/.mcp.json',
    ],
  },
  {
    place: 'startup',
    patterns: [
      '**/.{bashrc,bash_profile,bash_login,bash_logout,bash_aliases,profile,zshrc,zshenv,zprofile,zlogin,inputrc,xinitrc,xprofile,envrc}',
      '**/.git/hooks',
      '**/.git/hooks/**',
      '**/.git/config',
      '**/.husky{,/**}',
      '~/.gitconfig',
      '~/.config/{fish,git,autostart,systemd,environment.d}{,/**}',
      '~/.ssh/{authorized_keys,authorized_keys2,config,rc,environment}',
      '~/.local/share/systemd/**',
      '~/Library/Launch{Agents,Daemons}{,/**}',
      '/Library/Launch{Agents,Daemons}{,/**}',
      '/etc/{profile,profile.d/**,bash.bashrc,bashrc,zsh/**,zshrc,environment,rc.local,ld.so.preload,crontab,cron*/**,anacrontab,init.d/**,systemd/**,sudoers,sudoers.d/**,pam.d/**}',
      '/{usr/lib,lib}/systemd/**',
      '/var/spool/cron/**',
    ],
  },
  {
    place: 'secret',
    patterns: [
      '**/.ssh',
      '**/.ssh/!(*.pub|known_hosts*)',
      '**/.{aws,azure,gnupg,kube,docker,password-store}',
      '**/.{aws,azure,gnupg,kube,password-store}/**',
      '**/.docker/config.json',
      '**/.config/{gcloud,gh,glab-cli,doctl,op,hub,rclone,heroku,netlify,configstore,hcloud,linode-cli,scw,stripe,filezilla,sops}{,/**}',
      '**/.config/helm/registry/config.json',
      '~/.{fly,vercel,oci,bluemix,snowsql,kaggle,config/.wrangler,local/share/keyrings,local/share/kwalletd,mozilla,thunderbird}{,/**}',
      '~/.config/{google-chrome,chromium,BraveSoftware,microsoft-edge}{,/**}',
      '~/.m2/settings{,-security}.xml',
      '~/.gradle/gradle.properties',
      '~/.nuget/NuGet/NuGet.Config',
      '~/.{composer,config/composer}/auth.json',
      '~/.{databrickscfg,boto,s3cfg,terraformrc,wgetrc,curlrc,dockercfg,yarnrc.yml,passwd-s3fs,mylogin.cnf,authinfo,authinfo.gpg,huggingface/token,cache/huggingface/token}',
      '**/*.{tfstate,tfstate.backup}',
      '**/wp-config.php',
      '**/terraform.tfvars',
      '**/*.auto.tfvars',
      '~/.claude/.credentials.json',
      '~/.codex/auth.json',
      '~/.gemini/{oauth_creds,google_accounts,mcp-oauth-tokens}.json',
      '~/.{config/github-copilot,copilot,local/share/opencode}/{hosts,apps,auth,oauth}.json',
      '**/{deploy,private,signing,host}_key',
      '/etc/wireguard/**',
      '/etc/NetworkManager/system-connections/**',
      '**/.dev.vars',
      '**/.{netrc,pgpass,my.cnf,npmrc,pypirc,git-credentials,vault-token,htpasswd}',
      '**/_netrc',
      '**/.env',
      '**/.env.!(*example|*sample|*template|*dist|defaults|schema)',
      '**/*.{p12,pfx,keystore,jks,kdbx,ppk}',
      // By their names these hold certificates, which everybody may read.
      '**/!(cert|cert?([0-9])|certificate|*-cert|*_cert|ca|ca-*|cacert|*-ca|*chain|*bundle|*public*|*.pub).pem',
      '**/*.key',
      '**/id_{rsa,dsa,ecdsa,ed25519}',
      '**/{credentials,credentials.json,service-account*.json,secrets.{yml,yaml,json,toml},kubeconfig}',
      '**/.{bash,zsh,sh,python,node_repl,psql,mysql,sqlite,rediscli}_history',
      '**/fish_history',
      '**/.cargo/credentials*',
      '**/.terraform.d/credentials*',
      '**/Login Data',
      '**/Cookies',
      '~/Library/Keychains/**',
      '/etc/{shadow,shadow-,gshadow,master.passwd,ssl/private/**,ssh/ssh_host_*_key,krb5.keytab}',
      '/proc/{*,self}/environ',
      '/{var/,}run/secrets/**',
    ],
  },
  {
    place: 'disposable',
    patterns: [
      '**/{node_modules,dist,build,out,target,coverage,.cache,__pycache__,.next,.nuxt,.turbo,.parcel-cache,.pytest_cache,.mypy_cache}',
      '**/{node_modules,dist,build,out,target,coverage,.cache,__pycache__,.next,.nuxt,.turbo,.parcel-cache,.pytest_cache,.mypy_cache}/**',
      '**/{.ruff_cache,.tox,.nyc_output,.svelte-kit,.gradle,htmlcov,.eggs,tmp,temp,.tmp,.temp,.venv,venv,bower_components}',
      '**/{.ruff_cache,.tox,.nyc_output,.svelte-kit,.gradle,htmlcov,.eggs,tmp,temp,.tmp,.temp,.venv,venv,bower_components}/**',
      '**/{.vite,.angular,.expo,.serverless,.aws-sam,.terraform,.terragrunt-cache,.docusaurus,storybook-static,DerivedData,.dart_tool,.output,.astro,_build}',
      '**/{.vite,.angular,.expo,.serverless,.aws-sam,.terraform,.terragrunt-cache,.docusaurus,storybook-static,DerivedData,.dart_tool,.output,.astro,_build}/**',
      '**/{.stack-work,dist-newstyle,elm-stuff,.zig-cache,zig-cache,zig-out,.sass-cache,.eslintcache,.stylelintcache,.nox,.hypothesis,.ipynb_checkpoints,playwright-report,test-results}',
      '**/{.stack-work,dist-newstyle,elm-stuff,.zig-cache,zig-cache,zig-out,.sass-cache,.eslintcache,.stylelintcache,.nox,.hypothesis,.ipynb_checkpoints,playwright-report,test-results}/**',
      '**/{allure-results,lcov-report,.coverage,.bundle-cache,.pnpm-store,.npm-cache,.wrangler,.swc,.rpt2_cache,.fusebox,.build}',
      '**/{allure-results,lcov-report,.coverage,.bundle-cache,.pnpm-store,.npm-cache,.wrangler,.swc,.rpt2_cache,.fusebox,.build}/**',
      '**/*.{pyc,pyo,o,obj,class,tsbuildinfo,egg-info,log,tmp,swp}',
      '**/.DS_Store',
    ],
  },
];

/** Device files that swallow or pass on text and keep nothing. */
export const sinks = /^\/dev\/(null|zero|full|stdin|stdout|stderr|tty|fd\/\d+|random|urandom)$/;

/** What lies below these is the system's. */
export const systemRoots =
  /^\/(bin|sbin|lib|lib32|lib64|libx32|usr|etc|boot|var|opt|sys|proc|run|srv|root|System|Library|Applications|private\/etc|private\/var|nix|snap)(\/|$)/;

/** Throw-away folders of the machine. */
export const temporaryRoots =
  /^(\/tmp|\/var\/tmp|\/private\/tmp|\/var\/folders|\/private\/var\/folders|\/dev\/shm)\/./;
