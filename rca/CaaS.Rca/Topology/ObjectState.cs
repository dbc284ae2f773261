using System.Collections.Immutable;
using System.Globalization;
using CaaS.Signals;

namespace CaaS.Rca.Topology;

/// <summary>One object as last seen, with the time it was there.</summary>
internal sealed class ObjectState(int id, EntityRef entity, string uid, DateTimeOffset firstSeen)
{
    private readonly long _firstSeen = firstSeen.UtcTicks;
    private long _goneAt;

    /// <summary>Its number in the graph's <see cref="EntityTable"/>.</summary>
    public int Id { get; } = id;

    public EntityRef Entity { get; } = entity;

    public string Uid { get; } = uid;

    /// <summary>Valid from.</summary>
    public DateTimeOffset FirstSeen => new(_firstSeen, TimeSpan.Zero);

    /// <summary>Valid to; null while it is there.</summary>
    public DateTimeOffset? GoneAt
    {
        get => _goneAt == 0 ? null : new DateTimeOffset(_goneAt, TimeSpan.Zero);
        set => _goneAt = value?.UtcTicks ?? 0;
    }

    /// <summary>Its place in the folded graph, of pods; null while it has none.</summary>
    public PodView? Folded { get; set; }

    public FactList Facts { get; set; } = FactList.Empty;

    public ImmutableArray<Label> Labels { get; set; } = [];

    /// <summary>Edges it states.</summary>
    public EdgeKey[] Edges { get; set; } = [];

    public bool IsGone => _goneAt != 0;

    public bool IsTerminating => Fact(KubeFacts.Terminating) == "true";

    public bool IsReady => Fact(KubeFacts.Ready) == "true";

    public bool Has(string key) => Facts.ValueOrNull(key) is not null;

    public string Fact(string key) => Facts.ValueOrNull(key) ?? "";

    public int Count(string key) =>
        int.TryParse(Fact(key), NumberStyles.Integer, CultureInfo.InvariantCulture, out var count) ? count : 0;

    /// <summary>A number, or NaN when the fact is missing or malformed.</summary>
    public double Number(string key) =>
        double.TryParse(Fact(key), NumberStyles.Float, CultureInfo.InvariantCulture, out var value) ? value : double.NaN;

    /// <summary>An instant, or null when the fact is missing or malformed.</summary>
    public DateTimeOffset? Instant(string key) =>
        DateTimeOffset.TryParse(Fact(key), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var instant)
            ? instant.ToUniversalTime()
            : null;

    /// <summary>When it was made, as far as known.</summary>
    public DateTimeOffset BornAt => Instant(KubeFacts.CreatedAt) ?? Instant(KubeFacts.StartedAt) ?? FirstSeen;
}
