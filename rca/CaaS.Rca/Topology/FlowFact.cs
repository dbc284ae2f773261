using CaaS.Signals;

namespace CaaS.Rca.Topology;

/// <summary>Traffic of one workload to another, or to a group of peers outside, over the last while.</summary>
internal sealed class FlowFact(EntityRef from, EntityRef to, DateTimeOffset firstSeen)
{
    /// <summary>Counted times remembered; those that end within one minute are one.</summary>
    private const int MaxWindows = 32;

    /// <summary>Policies remembered that refuse: more than one or two never decide at a time.</summary>
    private const int MaxDenials = 4;

    /// <summary>Refusals this far apart are told as two.</summary>
    private static readonly TimeSpan DenialGap = TimeSpan.FromMinutes(10);

    private readonly List<FlowWindow> _windows = [];
    private readonly List<FlowDenial> _denials = [];

    public EntityRef From { get; } = from;

    public EntityRef To { get; } = to;

    /// <summary>Valid from.</summary>
    public DateTimeOffset FirstSeen { get; } = firstSeen;

    /// <summary>Valid to.</summary>
    public DateTimeOffset LastSeen { get; private set; } = firstSeen;

    /// <summary>Counted times, oldest first.</summary>
    public IReadOnlyList<FlowWindow> Windows => _windows;

    /// <summary>Refusals of the last while.</summary>
    public IReadOnlyList<FlowDenial> Denials => _denials;

    /// <summary>Adds what was counted.</summary>
    /// <param name="flow">What was counted; of any time, in any order.</param>
    /// <param name="policy">The policy that refused it; null when none or nobody names it.</param>
    /// <returns>True when refusals begin.</returns>
    public bool Add(FlowRecord flow, EntityRef? policy)
    {
        LastSeen = flow.Time > LastSeen ? flow.Time : LastSeen;
        var at = _windows.FindLastIndex(window => Minute(window.End) <= Minute(flow.Time));
        if (at < 0 || Minute(_windows[at].End) != Minute(flow.Time))
        {
            _windows.Insert(++at, new FlowWindow(flow.Time - flow.Length, flow.Time));
        }

        _windows[at].Add(flow);
        if (_windows.Count > MaxWindows)
        {
            _windows.RemoveAt(0);
        }

        return flow.IsDenied && Deny(flow, policy);
    }

    /// <summary>True when connections were let through in a counted time that ended before an instant, and none was
    /// refused in it.</summary>
    public bool WasAllowedBefore(DateTimeOffset instant) =>
        _windows.Exists(window => window.End <= instant && window is { Denied: 0, Allowed: > 0 });

    /// <summary>Share of connections refused in counted times that end after an instant, 0 to 1.</summary>
    public double DeniedShare(DateTimeOffset since)
    {
        var counted = _windows.Where(window => window.End > since).ToArray();
        var denied = counted.Sum(window => window.Denied);
        return denied == 0 ? 0 : (double)denied / (denied + counted.Sum(window => window.Allowed));
    }

    private bool Deny(FlowRecord flow, EntityRef? policy)
    {
        var count = Math.Max(1, flow.Connections);
        var start = flow.Time - flow.Length;
        var at = _denials.FindIndex(known => known.Policy == policy && known.IsAtDestination == flow.IsAtDestination);
        var known = at < 0 ? null : _denials[at];
        if (known is not null && start <= known.Until + DenialGap)
        {
            var isEarlier = flow.Time < known.FirstEnd;
            _denials[at] = known with
            {
                Since = isEarlier ? start : known.Since,
                FirstEnd = isEarlier ? flow.Time : known.FirstEnd,
                Until = flow.Time > known.Until ? flow.Time : known.Until,
                Count = known.Count + count,
            };
            return false;
        }

        if (known is not null)
        {
            _denials.RemoveAt(at);
        }
        else if (_denials.Count >= MaxDenials)
        {
            _denials.RemoveAt(0);
        }

        _denials.Add(new FlowDenial(policy, flow.IsAtDestination, start, flow.Time, flow.Time, count));
        return true;
    }

    private static long Minute(DateTimeOffset instant) => instant.Ticks / TimeSpan.TicksPerMinute;
}
