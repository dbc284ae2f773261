using CaaS.Signals;

namespace CaaS.Rca.Topology;

/// <summary>What was counted between two peers over a short time, on both sides.</summary>
/// <remarks>A connection between two pods is counted where it begins and again where it arrives; one that the source's
/// side denies never arrives. Counts of one side alone are therefore never added to those of the other.</remarks>
internal sealed class FlowWindow(DateTimeOffset start, DateTimeOffset end)
{
    private long _allowedAtSource;
    private long _allowedAtDestination;
    private long _deniedAtSource;
    private long _deniedAtDestination;

    public DateTimeOffset Start { get; private set; } = start;

    public DateTimeOffset End { get; private set; } = end;

    public long Denied => _deniedAtSource + _deniedAtDestination;

    public long Allowed => Math.Max(_allowedAtSource - _deniedAtDestination, _allowedAtDestination);

    public long Packets { get; private set; }

    public long Retransmits { get; private set; }

    public void Add(FlowRecord flow)
    {
        Start = flow.Time - flow.Length < Start ? flow.Time - flow.Length : Start;
        End = flow.Time > End ? flow.Time : End;
        Packets += flow.Packets;
        Retransmits += flow.Retransmits;

        // What was counted at all was at least one connection.
        var count = Math.Max(1, flow.Connections);
        _ = (flow.IsAtDestination, flow.IsDenied) switch
        {
            (false, false) => _allowedAtSource += count,
            (true, false) => _allowedAtDestination += count,
            (false, true) => _deniedAtSource += count,
            (true, true) => _deniedAtDestination += count,
        };
    }
}
