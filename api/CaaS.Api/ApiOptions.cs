using System.ComponentModel.DataAnnotations;

namespace CaaS.Api;

/// <summary>Settings of the API; section <c>Api</c>.</summary>
public sealed class ApiOptions
{
    /// <summary>Name of the configuration section.</summary>
    public const string Section = "Api";

    /// <summary>A proxy in front ends TLS: plain http beyond loopback is allowed, and its forwarded headers are
    /// believed.</summary>
    public bool BehindProxy { get; set; }

    /// <summary>Networks (<c>10.0.0.0/8</c>) whose forwarded headers are believed when <see cref="BehindProxy"/> is
    /// set; loopback always is.</summary>
    public List<string> ProxyNetworks { get; set; } = [];

    /// <summary>Metrics need a token of a viewer; off, because scrapers usually carry none and series names are no
    /// secret.</summary>
    public bool MetricsNeedToken { get; set; }

    /// <summary>How long a browser stays signed in.</summary>
    [Range(typeof(TimeSpan), "00:05:00", "30.00:00:00")]
    public TimeSpan SessionLifetime { get; set; } = TimeSpan.FromHours(12);

    /// <summary>How long a request waits for the outcome of its command before it is answered "accepted".</summary>
    [Range(typeof(TimeSpan), "00:00:00.050", "00:01:00")]
    public TimeSpan CommandTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Tries to sign in from one address in a minute: a person needs one, a guesser many.</summary>
    [Range(1, 1000)]
    public int SignInsPerMinute { get; set; } = 10;

    /// <summary>Searches of history at a time: each may use a core; others wait, and past four times as many are
    /// answered 429.</summary>
    [Range(1, 256)]
    public int HistoryQueryCount { get; set; } = 4;

    /// <summary>Live feeds at a time; each holds a connection and a queue.</summary>
    [Range(1, 10_000)]
    public int FeedCountMax { get; set; } = 200;

    /// <summary>Events a feed may fall behind before it is ended; the client then asks for everything anew.</summary>
    [Range(16, 65_536)]
    public int FeedQueueSize { get; set; } = 256;

    /// <summary>Time between two signs of life on a feed; proxies close what is silent for a minute.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:01:00")]
    public TimeSpan FeedHeartbeat { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>Longest window of a recording: it is read in one go and kept as one file.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "2.00:00:00")]
    public TimeSpan RecordingMax { get; set; } = TimeSpan.FromHours(6);

    /// <summary>Lag of a stage beyond which the platform says it is not ready.</summary>
    [Range(typeof(TimeSpan), "00:00:05", "1.00:00:00")]
    public TimeSpan ReadyLag { get; set; } = TimeSpan.FromMinutes(2);
}
