using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Text.RegularExpressions;

namespace CaaS.Analytics.Text;

/// <summary>Finds what free text names: entities, error codes, reasons, hosts, versions.</summary>
/// <remarks>Time linear in the text whatever it holds (no backtracking); thread-safe.</remarks>
public static class Mentions
{
    private const RegexOptions Linear = RegexOptions.NonBacktracking | RegexOptions.CultureInvariant;

    private const string Kinds =
        "Deployment|StatefulSet|DaemonSet|ReplicaSet|Job|CronJob|Pod|Node|Service|Endpoints|ConfigMap|Secret|Namespace|"
        + "PersistentVolumeClaim|PersistentVolume|HorizontalPodAutoscaler|NetworkPolicy|Ingress|Host|External";

    /// <summary>Names of products and kinds that look like reasons.</summary>
    private static readonly FrozenSet<string> NoReasons = FrozenSet.ToFrozenSet(
        [
            .. Kinds.Split('|'), "GitHub", "GitLab", "PostgreSQL", "MySQL", "MongoDB", "RabbitMQ", "JavaScript",
            "TypeScript", "OpenTelemetry", "PagerDuty", "ReplicaSets", "StatefulSets", "ConfigMaps", "DaemonSets",
        ],
        StringComparer.Ordinal);

    /// <summary>Earlier ones win where two would overlap.</summary>
    private static readonly (MentionKind Kind, Regex Pattern)[] Patterns =
    [
        (MentionKind.Entity, new Regex($@"(?:-|\b[a-z0-9][a-z0-9-]*)/(?:{Kinds})/[a-z0-9][a-z0-9.-]*[a-z0-9]", Linear)),
        (MentionKind.Entity, new Regex(
            @"\b(?:deployments?|deploy|statefulsets?|sts|daemonsets?|ds|pods?|nodes?|services?|svc|configmaps?|cm|jobs?)"
            + @"/[a-z0-9][a-z0-9.-]*[a-z0-9]\b",
            Linear)),
        (MentionKind.Code, new Regex(@"\b[A-Z]{2,10}-[0-9]{3,6}\b", Linear)),
        (MentionKind.Code, new Regex(@"\bSQLSTATE[ =:\[]{0,3}[0-9A-Z]{5}\b", Linear)),
        (MentionKind.Code, new Regex(@"\b0x[0-9A-Fa-f]{4,16}\b", Linear)),
        (MentionKind.Code, new Regex(
            @"\bE(?:CONNREFUSED|CONNRESET|CONNABORTED|TIMEDOUT|PIPE|NOSPC|ACCES|ADDRINUSE|HOSTUNREACH|NETUNREACH|MFILE|NFILE|"
            + @"NOENT|NOMEM|AGAIN|PERM|NOTFOUND|AI_AGAIN)\b",
            Linear)),
        (MentionKind.Code, new Regex(@"\b[A-Z][A-Z0-9]{1,30}(?:_[A-Z0-9]{1,30}){1,6}\b", Linear)),
        (MentionKind.Code, new Regex(@"\b(?:HTTP|[Ss]tatus(?: code)?|[Rr]esponse code)[ :=/]{1,3}[1-5][0-9]{2}\b", Linear)),
        (MentionKind.Code, new Regex(@"\b[Ee]xit (?:code|status)[ :=]{1,3}[0-9]{1,3}\b", Linear)),
        (MentionKind.Code, new Regex(@"\bSIG(?:KILL|TERM|SEGV|ABRT|BUS)\b", Linear)),
        (MentionKind.Host, new Regex(@"\b[0-9]{1,3}(?:\.[0-9]{1,3}){3}(?::[0-9]{1,5})?\b", Linear)),
        (MentionKind.Version, new Regex(
            @"\b[a-z][a-z0-9._/-]{0,80}:v?[0-9]+(?:\.[0-9]+){1,3}(?:[-+][0-9A-Za-z.-]{1,40})?\b", Linear)),
        (MentionKind.Version, new Regex(@"\b(?:v[0-9]+(?:\.[0-9]+){0,3}|[0-9]+(?:\.[0-9]+){2,3})(?:[-+][0-9A-Za-z.]{1,40})?\b", Linear)),
        (MentionKind.Host, new Regex(
            @"\b(?:[a-z0-9][a-z0-9-]{0,62}\.)+(?:com|net|org|io|dev|internal|local|lan|svc|corp|example|cloud|intra)(?::[0-9]{1,5})?\b",
            Linear)),
        (MentionKind.Host, new Regex(@"\b(?:node|worker|master|host|vm|srv|server)-?[0-9]{1,4}\b", Linear)),
        (MentionKind.Reason, new Regex(@"\b(?:[A-Z][A-Za-z0-9]*\.){0,6}[A-Z]+[a-z]+(?:[A-Z]+[a-z]*)+\b", Linear)),
        (MentionKind.Reason, new Regex(@"\b[A-Z]{3,}[a-z]{2,}\b", Linear)),
    ];

    /// <summary>Finds what a text names.</summary>
    /// <param name="text">Any text; beyond its first 64 Ki characters nothing is looked for.</param>
    /// <param name="most">Most answered.</param>
    /// <returns>Each different thing once, in the order of the text.</returns>
    public static ImmutableArray<Mention> In(string text, int most)
    {
        const int MaxLength = 64 * 1024;
        var part = text.Length <= MaxLength ? text : text[..MaxLength];
        var taken = new bool[part.Length];
        var found = new List<Mention>();
        foreach (var (kind, pattern) in Patterns)
        {
            foreach (var match in pattern.EnumerateMatches(part))
            {
                var span = taken.AsSpan(match.Index, match.Length);
                var value = part.Substring(match.Index, match.Length);
                if (span.Contains(true) || (kind == MentionKind.Reason && NoReasons.Contains(value)))
                {
                    continue;
                }

                span.Fill(true);
                found.Add(new Mention(kind, value, match.Index));
            }
        }

        return [.. found.OrderBy(mention => mention.Start).DistinctBy(mention => (mention.Kind, mention.Text)).Take(most)];
    }
}
