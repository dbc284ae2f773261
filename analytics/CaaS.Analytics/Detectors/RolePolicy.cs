namespace CaaS.Analytics.Detectors;

/// <summary>When a deviation of one role is large, rare and lasting enough to be told.</summary>
/// <param name="ScaleAbsolute">Smallest unit of deviation, in the signal's unit: tiny changes of tiny numbers vanish
/// in it.</param>
/// <param name="ScaleRelative">Smallest unit of deviation as a share of the level.</param>
/// <param name="EffectAbsolute">Least distance from the level.</param>
/// <param name="EffectFactor">Least ratio to the level (or of the level to the value, downwards).</param>
/// <param name="Alpha">Largest p-value that may raise, of the level that <see cref="Votes"/> of <see cref="Of"/>
/// points reach.</param>
/// <param name="Votes">Voting points needed…</param>
/// <param name="Of">…of this many latest points.</param>
/// <param name="LevelMin">Values below never vote, however unusual.</param>
internal sealed record RolePolicy(
    double ScaleAbsolute,
    double ScaleRelative,
    double EffectAbsolute,
    double EffectFactor,
    double Alpha,
    int Votes,
    int Of,
    double LevelMin = double.NegativeInfinity)
{
    private const double MiB = 1024 * 1024;

    /// <summary>Policy of a role.</summary>
    /// <param name="meaning">Role and unit.</param>
    /// <param name="options">Floors that may be configured.</param>
    /// <returns>The policy.</returns>
    /// <remarks>
    /// Latency and errors open incidents, so they are quick (three of four slots, two of three) but need a growth
    /// people would notice; the other roles only support a cause, so they may be slower and are asked for a larger
    /// change.
    /// </remarks>
    public static RolePolicy For(SignalMeaning meaning, AnalyticsOptions options) => (meaning.Role, meaning.Unit) switch
    {
        (SignalRole.Latency, _) => new(
            options.LatencyFloor.TotalSeconds / 5, 0.25, options.LatencyFloor.TotalSeconds, 2.5, 2e-3, 3, 4),
        (SignalRole.Errors, _) => new(0.002, 0.25, 0.03, 1.5, 1e-4, 2, 3),
        (SignalRole.Availability, _) => new(0.05, 0, 0.5, 1, 1e-3, 3, 3),
        (SignalRole.Traffic, _) => new(0.5, 0.15, 2, 2, 1e-4, 4, 5),
        (SignalRole.Cpu, "ratio") => new(0.03, 0.1, 0.2, 1.3, 1e-2, 2, 3, 0.6),
        (SignalRole.Cpu, _) => new(0.04, 0.2, 0.2, 1.75, 1e-2, 2, 3),
        (SignalRole.CpuContention, _) => new(0.02, 0.3, 0.1, 2, 1e-2, 2, 3),
        (SignalRole.Memory, "ratio") => new(0.02, 0.1, 0.2, 1.4, 1e-4, 4, 5, LevelMin: 0.7),
        (SignalRole.Memory, _) => new(8 * MiB, 0.1, 64 * MiB, 2, 1e-4, 6, 8),
        (SignalRole.Disk, _) => new(16 * MiB, 0.1, 256 * MiB, 2, 1e-5, 6, 8),
        (SignalRole.Network, _) => new(16 * 1024, 0.2, 256 * 1024, 4, 1e-5, 6, 8),
        (SignalRole.Restarts, _) => new(0.005, 0, 0.01, 1, 0.05, 1, 1),
        (SignalRole.Log, _) => new(0.1, 0.5, 1, 2, 1e-5, 2, 3),
        _ => new(0, 0.1, 0, 4, 1e-6, 6, 8),
    };

    /// <summary>Tells whether a value is far enough from the level to matter to people.</summary>
    /// <param name="value">Value.</param>
    /// <param name="level">Learned level.</param>
    /// <param name="up">True to judge growth, false to judge a fall.</param>
    /// <param name="share">Share of the full effect asked for: 1 to vote, less to be back in band.</param>
    /// <returns>True when it matters.</returns>
    public bool Matters(double value, double level, bool up, double share = 1)
    {
        var distance = up ? value - level : level - value;
        var factor = 1 + (share * (EffectFactor - 1));
        var ratioHolds = up ? value >= factor * level : value * factor <= level;
        return distance > 0 && distance >= share * EffectAbsolute && ratioHolds && (!up || value >= share * LevelMin);
    }
}
