namespace CaaS.Signals;

/// <summary>Traffic between two peers over a short time, as a network device or policy engine counted it.</summary>
/// <param name="Time">End of the counted time, UTC.</param>
/// <param name="Length">Length of the counted time; zero when unknown.</param>
/// <param name="From">Who opened the connection.</param>
/// <param name="To">Who was called.</param>
/// <param name="Port">Destination port, 0 when unknown.</param>
/// <param name="IsAtDestination">True when it was counted where the called one is. Between two pods each connection is
/// counted on both sides, and either side may deny it.</param>
/// <param name="Connections">Connections, or attempts at one, counted.</param>
/// <param name="Bytes">Bytes both ways.</param>
/// <param name="Packets">Packets both ways.</param>
/// <param name="Retransmits">TCP segments sent again.</param>
/// <param name="Timeouts">TCP retransmission time-outs that were not recovered from.</param>
/// <param name="IsDenied">True when a policy refused it.</param>
/// <param name="Policy">The policy that refused it, as an <see cref="EntityRef"/> is written, or empty.</param>
public sealed record FlowRecord(
    DateTimeOffset Time,
    TimeSpan Length,
    EntityRef From,
    EntityRef To,
    int Port,
    bool IsAtDestination,
    long Connections,
    long Bytes,
    long Packets,
    long Retransmits,
    long Timeouts,
    bool IsDenied,
    string Policy);
