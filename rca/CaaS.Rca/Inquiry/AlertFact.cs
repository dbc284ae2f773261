namespace CaaS.Rca.Inquiry;

/// <summary>One alert of another system inside the incident.</summary>
/// <param name="Entity">Index of the entity it is about; for a call, the callee.</param>
/// <param name="Peer">Index of the caller; -1 when it is not about a call, or the caller is unknown.</param>
/// <param name="Name">What alerts: a metric with its direction, an operation with its failure, a template.</param>
/// <param name="Modality">Metric, Delay (of calls) or Log.</param>
public sealed record AlertFact(int Entity, int Peer, string Name, Modality Modality);
