namespace CaaS.Signals;

/// <summary>Traffic between two peers over a short time, as a network device or policy engine counted it.</summary>
/// <param name="Time">End of the counted time, UTC.</param>
/// <param name="From">Who opened the connection.</param>
/// <param name="To">Who was called.</param>
/// <param name="Port">Destination port, 0 when unknown.</param>
/// <param name="Bytes">Bytes both ways.</param>
/// <param name="Packets">Packets both ways.</param>
/// <param name="IsDenied">True when a policy refused it.</param>
/// <param name="Policy">The policy that decided, or empty.</param>
public sealed record FlowRecord(
    DateTimeOffset Time,
    EntityRef From,
    EntityRef To,
    int Port,
    long Bytes,
    long Packets,
    bool IsDenied,
    string Policy);
