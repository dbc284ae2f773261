using System.Text.RegularExpressions;

namespace CaaS.Rca.Inquiry;

/// <summary>What a review looks for in lines of code and configuration.</summary>
internal static partial class DiffPatterns
{
    /// <summary>Names of what guards, bounds or gives back.</summary>
    [GeneratedRegex(@"\b(limit|lock|unlock|mutex|close|cancel|release|timeout|deadline|retry|backoff|jitter|breaker|validate|evict|ttl|expire|delete|index|batch\w*|bulk\w*|chunk\w*|buffer\w*|cache\w*|await|transaction|commit|rollback|semaphore|acquire|throttle|recover|catch|register\w*|migrate\w*|flush|dispose)\b", RegexOptions.IgnoreCase)]
    public static partial Regex Guards();

    /// <summary>Numbers with their units.</summary>
    [GeneratedRegex(@"(?<![\w.])(?<number>\d+(?:\.\d+)?)\s*(?:\*\s*time\.(?<unit>Millisecond|Second|Minute|Hour)|(?<unit>ms|s|m|h|Mi|Gi|Ki|MB|GB|k|M)\b)?")]
    public static partial Regex Amounts();

    /// <summary>Words of what there is only so much of.</summary>
    [GeneratedRegex("time?out|deadline|limit|pool|max|memory|cpu|replica|connection|size|ttl|buffer|quota|capacity|worker|thread|budget|heap|entries|window|grace", RegexOptions.IgnoreCase)]
    public static partial Regex Capacity();

    /// <summary>Words of what makes work.</summary>
    [GeneratedRegex("sample|rate|retr|attempt|concurren|parallel|fan.?out|frequency|verbos|prefetch|depth|shard|batch", RegexOptions.IgnoreCase)]
    public static partial Regex Loads();

    /// <summary>Quoted text.</summary>
    [GeneratedRegex("\"[^\"]*\"|'[^']*'|`[^`]*`")]
    public static partial Regex Literals();

    /// <summary>Beginnings of loops.</summary>
    [GeneratedRegex(@"^\s*(for\b|while\b|foreach\b)|\.(map|forEach|each)\(|\bfor\s+\w+(\s*,\s*\w+)?\s+(:=|in|of)\b")]
    public static partial Regex LoopHead();

    /// <summary>Calls that leave the process.</summary>
    [GeneratedRegex(@"\b(await|ctx|context)\b|\b(db|http|client|rpc|grpc|redis|cache|store|repo\w*|session|catalog|api|conn|tx|stub|service)\.\w+\(|\.(query|exec|execute|fetch|get|put|find|load|send|select|insert|update)\w*\(", RegexOptions.IgnoreCase)]
    public static partial Regex Reaches();

    /// <summary>Tables, variables and hosts that are used.</summary>
    [GeneratedRegex(@"\b(?:FROM|INTO|JOIN|UPDATE)\s+(?<name>[a-z_][a-z0-9_.]*)|(?:getenv|environ(?:\.get)?|process\.env)\W+(?<name>[A-Z][A-Z0-9_]+)|https?://(?<name>[\w.-]+)", RegexOptions.IgnoreCase)]
    public static partial Regex Uses();

    /// <summary>Comparisons and arithmetic.</summary>
    [GeneratedRegex(@"[<>!=]=?|&&|\|\||\bnot\b|\bnot in\b|(?<=\s)[+\-*/%](?=\s)")]
    public static partial Regex Operators();

    /// <summary>Levels that log much.</summary>
    [GeneratedRegex(@"\b(debug|trace|verbose)\b", RegexOptions.IgnoreCase)]
    public static partial Regex Loud();

    /// <summary>Levels that log little.</summary>
    [GeneratedRegex(@"\b(info|warn|warning|error)\b", RegexOptions.IgnoreCase)]
    public static partial Regex Calm();

    /// <summary>Words that switch.</summary>
    [GeneratedRegex(@"\b(true|false|enabled|disabled|on|off|yes|no)\b", RegexOptions.IgnoreCase)]
    public static partial Regex Switches();

    /// <summary>What holds on to things.</summary>
    [GeneratedRegex(@"\bgo func\b|setInterval\(|addEventListener\(|\.subscribe\(|\bnew Thread\b|sync\.Map|\bstatic\s+\w*(Map|List|Dictionary)|make\(map|append\((global|cache|all|seen)", RegexOptions.IgnoreCase)]
    public static partial Regex Keeps();

    /// <summary>What waits, locks, drops or gives up.</summary>
    [GeneratedRegex(@"\b(time\.Sleep|Thread\.sleep|sleep)\(|\.R?Lock\(|\bsynchronized\b|ReadAll\(|\w+Sync\(|\bDROP\s+\w+|\bTRUNCATE\b|\bALTER TABLE\b|\bDELETE FROM\b|\bpanic\(|\bos\.Exit\(|process\.exit\(|MustCompile\(")]
    public static partial Regex Waits();

    /// <summary>Words of how often.</summary>
    [GeneratedRegex("interval|period|poll|delay|every|cadence", RegexOptions.IgnoreCase)]
    public static partial Regex Paces();

    /// <summary>A line that sets a key to a value.</summary>
    [GeneratedRegex(@"^[\s-]*(?<key>[\w.\-/]+):\s+(?<value>[^\s{}\[\](),;][^{}()]*)$")]
    public static partial Regex Setting();

    /// <summary>Guards against nothing.</summary>
    [GeneratedRegex(@"(==|!=|is|is not)\s*(nil|null|None|undefined)\b|\?\.|\brecover\(", RegexOptions.IgnoreCase)]
    public static partial Regex NullGuard();

    /// <summary>Names that are called.</summary>
    [GeneratedRegex(@"([A-Za-z_]\w{2,})\(")]
    public static partial Regex CallName();

    /// <summary>Where a word begins inside a name.</summary>
    [GeneratedRegex("([a-z0-9])([A-Z])")]
    public static partial Regex CamelCut();
}
