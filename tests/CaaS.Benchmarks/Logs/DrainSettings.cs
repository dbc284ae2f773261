namespace CaaS.Benchmarks.Logs;

/// <summary>How Drain is set for one system in the published benchmarks.</summary>
/// <param name="Masks">Regular expressions of values.</param>
/// <param name="Similarity">Share of equal words from which a line joins a group.</param>
/// <param name="Depth">Depth of the tree.</param>
internal sealed record DrainSettings(string[] Masks, double Similarity, int Depth)
{
    private const string Ip = @"(\d+\.){3}\d+";

    /// <summary>Settings by system (logpai/logparser and loghub-2.0 benchmarks); null when none are
    /// published.</summary>
    public static DrainSettings? Of(string system) => system switch
    {
        "HDFS" => new([@"blk_-?\d+", Ip + @"(:\d+)?"], 0.5, 4),
        "Hadoop" => new([Ip], 0.5, 4),
        "Spark" => new([Ip, @"\b[KGTM]?B\b", @"([\w-]+\.){2,}[\w-]+"], 0.5, 4),
        "Zookeeper" => new([@"(/|)" + Ip + @"(:\d+)?"], 0.5, 4),
        "BGL" => new([@"core\.\d+"], 0.5, 4),
        "HPC" => new([@"=\d+"], 0.5, 4),
        "Thunderbird" => new([Ip], 0.5, 4),
        "Windows" => new([@"0x.*?\s"], 0.7, 5),
        "Linux" => new([Ip, @"\d{2}:\d{2}:\d{2}"], 0.39, 6),
        "Android" => new([@"(/[\w-]+)+", @"([\w-]+\.){2,}[\w-]+", @"\b(\-?\+?\d+)\b|\b0[Xx][a-fA-F\d]+\b|\b[a-fA-F\d]{4,}\b"], 0.2, 6),
        "HealthApp" => new([], 0.2, 4),
        "Apache" => new([Ip], 0.5, 4),
        "Proxifier" => new([@"<\d+\ssec", @"([\w-]+\.)+[\w-]+(:\d+)?", @"\d{2}:\d{2}(:\d{2})*", @"[KGTM]B"], 0.6, 3),
        "OpenSSH" => new([Ip, @"([\w-]+\.){2,}[\w-]+"], 0.6, 5),
        "OpenStack" => new([@"((\d+\.){3}\d+,?)+", @"/.+?\s", @"\d+"], 0.5, 5),
        "Mac" => new([@"([\w-]+\.){2,}[\w-]+"], 0.7, 6),
        _ => null,
    };
}
