// Words of single clients that mean something else to the others: what prints secrets, only reads, or takes away.
// Each pattern is held against the call's words without its options.

/** What prints secrets although its deed is a plain reading word; the text is the call without its options. */
export const SECRET_READS = new Map<string, RegExp>(
  Object.entries({
    vault: /^(kv get|kv export|read|unwrap|print token|token (create|lookup))\b/,
    restic: /^cat (masterkey|key|config)\b/,
    doctl:
      /^(databases connection|databases user (get|list)|kubernetes cluster kubeconfig show|registry docker-config)\b/,
    az: /^(keyvault (secret|key|certificate) (show|download|backup)|storage account keys\b|storage account show-connection-string|(?!keyvault|ad |sshkey)\S+( \S+)* (list-keys?|listkeys|((query|admin)-)?keys? (list|show)|credential (show|list)|connection-string (show|list)|list-connection-strings?|list-publishing-(credentials|profiles)|secrets? (show|list)|appsettings list)\b|iot hub policy (show|list)\b|account get-access-token|ad sp (create-for-rbac|credential))/,
    doppler: /^(secrets( get| download|$)|run\b)/,
    op: /^(item get|read|document get|inject|run)\b/,
    bw: /^(get|list items|export|unlock)\b/,
    infisical: /^(secrets|export|run)\b/,
    chamber: /^(read|export|exec|env)\b/,
    heroku: /^(config|config:get|pg:credentials\S*|auth:token|redis:credentials)\b/,
    netlify: /^env:(get|list|clone)\b/,
    railway: /^(variables|run|shell)\b/,
    vercel: /^env pull\b/,
    gcloud: /^(secrets versions access|auth (print-\S+|application-default print-\S+))\b/,
    rclone: /^config (show|dump)\b/,
    firebase: /^(functions:config:get|functions:secrets:access|login:ci)\b/,
    aws: /^(configure (get|export-credentials)|s3 presign|eks get-token|secretsmanager (get-secret-value|batch-get-secret-value)|ssm get-parameters?\S*|sts (get-session-token|assume-role\S*|get-federation-token)|iam create-access-key|ecr(-public)? get-(login-password|authorization-token)|rds generate-db-auth-token|lightsail get-relational-database-master-user-password|ec2 get-password-data)\b/,
    fly: /^(auth token|tokens|ssh issue|wireguard)\b/,
    flyctl: /^(auth token|tokens|ssh issue|wireguard)\b/,
    gh: /^auth (token|git-credential)\b/,
    stripe: /^(config --list|api_keys)\b/,
    nomad: /^var get\b/,
    supabase: /^projects api-keys\b/,
  }),
);

/** What only reads although its words say nothing, or say something else; the text is the call without its options. */
export const PLAIN_READS = new Map<string, RegExp>(
  Object.entries({
    aws: /^(kms list-keys|cloudformation detect-stack-drift|\S+ (batch-get|test)-\S+)/,
    az: /^(deployment (\S+ )?what-if|\S+( \S+)* exists)/,
    gcloud: /^(topic|cheat-sheet|\S+( \S+)* get-(iam-policy|value|ancestors-iam-policy|health))/,
    heroku: /^(pg:(backups|locks|outliers|bloat|diagnose|ps|wait)|redis:info|ci|spaces|pipelines)$/,
    tailscale: /^(ip|netcheck|whois|status|ping)\b/,
    consul: /^(catalog|validate|operator raft list-peers|acl (token|policy|role) (list|read))\b/,
    promtool: /^(check|query|test|tsdb (list|analyze))\b/,
    amtool: /^(alert( query)?|silence query|config show|check-config|cluster show)$/,
    doppler: /^(configs|environments|activity|me)$/,
    'jenkins-cli': /^(who-am-i|session-id|console)\b/,
    circleci: /^config (process|pack)\b/,
    kong: /^(config parse|roar)\b/,
    infisical: /^user( get)?$/,
    algolia: /^(objects|rules|synonyms) browse\b/,
    traefik: /^(healthcheck|version)\b/,
    gsutil: /^hash\b/,
    ibmcloud: /^(target|account show|regions|resource service-instances)$/,
    duplicity: /^(collection-status|list-current-files|verify)\b/,
    'wal-g': /^(backup-list|backup-show|wal-show|wal-verify|st ls)\b/,
    certbot: /^(certificates|show_account|plugins)\b/,
    gh: /^status$/,
    crane: /^(manifest|digest|ls|catalog|config|validate)\b/,
    crictl: /^(images|img|ps|pods|stats|statsp|imagefsinfo|info|version|logs|inspect\w*)\b/,
    oras: /^(manifest fetch|discover|repo (ls|tags))\b/,
    celery: /^(inspect|status|report|events)\b/,
    zellij: /^(list-sessions|ls)\b/,
    dvc: /^(status|diff|dag|list|metrics|params|plots|doctor)\b/,
    linode: /^(show|list)\b/,
  }),
);

/** What takes something away by words that mean something else to other clients; the text is the call without options. */
export const LOSSES = new Map<string, RegExp>(
  Object.entries({
    aws: /^(\S+ decrease-\S*retention\S*|logs put-retention-policy|cloudtrail put-event-selectors|ses set-active-receipt-rule-set|secretsmanager (update-secret|put-secret-value|cancel-rotate-secret)|cloudformation (cancel-update-stack|execute-change-set|update-stack)|cloudfront create-invalidation)(?![-\w])/,
    az: /^(acr repository untag|storage blob sync|webapp deployment slot swap|search \S+ renew|\S+( \S+)* keys? (renew|regenerate))\b/,
    gcloud:
      /^(pubsub subscriptions seek|dns record-sets (transaction execute|import)|storage buckets update \S*clear)\b/,
    gsutil: /^versioning set off\b/,
    'kafka-storage': /^format\b/,
    'kafka-storage.sh': /^format\b/,
    rabbitmqctl:
      /^(change_password|close_all_connections|eval|rename_cluster_node|set_vhost_limits)\b/,
    rabbitmqadmin: /^close\b/,
    nats: /^stream rmm\b/,
    'pulsar-admin': /^\S+ (unload|skip\S*|expire\S*|terminate)\b/,
    vault:
      /^(operator (generate-root|step-down)|write (-f )?(sys\/seal|auth\/token\/revoke\S*|\S*\/revoke\S*))/,
    consul: /^maint\b/,
    nomad: /^node eligibility\b/,
    splunk:
      /^search .*\|\s*(delete|outputlookup|outputcsv|m?collect|tscollect|meventcollect|sendemail|sendalert|script|run|map|dump)\b/s,
    newrelic: /^nerdgraph query .*\bmutation\b/s,
    rndc: /^(freeze|halt|retransfer|sign|managed-keys destroy)\b/,
    fastboot: /^(flashing|oem|flash|format|set_active)\b/,
    ldcli: /^\S+ toggle-off\b/,
    virsh: /^(snapshot-delete|snapshot-revert|managedsave-remove|vol-wipe|blockcommit)\b/,
    'jenkins-cli':
      /^(groovy|groovysh|offline-node|quiet-down|safe-restart|restart|disable-job|set-build-result|cancel-\S+)\b/,
    neonctl: /^branches (restore|reset)\b/,
    atlas: /^(backups restores start|clusters pause|clusters upgrade)\b/,
    rpk: /^(group seek|cluster config set)\b/,
    borg: /^(key (change-passphrase|import)|config \S+ \S+ \S+)/,
    rclone: /^(moveto|bisync)\b/,
    dog: /^(monitor (mute|mute_all)|downtime (cancel|post)|host mute)\b/,
    meilisearch: /^--import/,
    promtool: /^tsdb create-blocks-from\b/,
    oci: /^compute instance action\b/,
    wp: /^search-replace\b/,
  }),
);
