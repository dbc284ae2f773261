namespace CaaS.Rca.Inquiry;

/// <summary>What requests usually look like: which event follows which, and how long things take.</summary>
/// <remarks>
/// Grows by one visit at a time, O(events); holds counts and at most 256 times a kind, never requests. At most
/// <see cref="PairLimit"/> pairs are counted, further ones are not.
/// </remarks>
public sealed class VisitProfile
{
    /// <summary>Most pairs of events that are counted: about 40 MB.</summary>
    public const int PairLimit = 1_000_000;

    private const int Bits = 21;
    private readonly Dictionary<long, int> _followed = [];
    private readonly Dictionary<long, int> _seen = [];
    private readonly Dictionary<long, Samples> _self = [];
    private readonly Dictionary<long, Samples> _gaps = [];

    /// <summary>Counts one visit.</summary>
    /// <param name="visit">A visit that is held for normal.</param>
    public void Add(Visit visit)
    {
        ArgumentNullException.ThrowIfNull(visit);
        var before = EventNames.Begin;
        foreach (var after in visit.Events)
        {
            Count(visit.Operation, before, after);
            before = after;
        }

        Count(visit.Operation, before, EventNames.End);
        Sample(_self, visit.Operation).Add(LogOf(visit.SelfSeconds));
        if (visit.Caller >= 0)
        {
            Sample(_gaps, EdgeKey(visit.Caller, visit.Operation)).Add(LogOf(visit.GapSeconds));
        }
    }

    /// <summary>Times on a log scale, with a millisecond as the least that counts.</summary>
    internal static double LogOf(double seconds) => Math.Log(Math.Max(seconds, 1e-3));

    internal static long PairKey(int operation, int before, int after) =>
        ((long)operation << (2 * Bits)) | ((long)before << Bits) | (uint)after;

    internal static long EdgeKey(int caller, int operation) => ((long)caller << Bits) | (uint)operation;

    internal int Followed(long pair) => _followed.GetValueOrDefault(pair);

    internal int Seen(long pair) => _seen.GetValueOrDefault(pair >> Bits);

    internal IEnumerable<long> Pairs => _followed.Keys;

    internal Samples? Self(int operation) => _self.GetValueOrDefault(operation);

    internal Samples? Gap(long edge) => _gaps.GetValueOrDefault(edge);

    private static Samples Sample(Dictionary<long, Samples> all, long key)
    {
        if (!all.TryGetValue(key, out var samples))
        {
            all[key] = samples = new Samples();
        }

        return samples;
    }

    private void Count(int operation, int before, int after)
    {
        var pair = PairKey(operation, before, after);
        if (_followed.Count >= PairLimit && !_followed.ContainsKey(pair))
        {
            return;
        }

        _followed[pair] = _followed.GetValueOrDefault(pair) + 1;
        _seen[pair >> Bits] = _seen.GetValueOrDefault(pair >> Bits) + 1;
    }
}
