using CaaS.Ingest.Kubernetes;
using CaaS.Signals;

namespace CaaS.Ingest.Otlp;

/// <summary>Whose request is decoded.</summary>
/// <param name="Scope">Scope of every row.</param>
/// <param name="Address">IP address of the sender, or empty.</param>
/// <param name="Owners">Knows pods and their owners; empty without a cluster.</param>
public sealed record OtlpSender(Scope Scope, string Address, OwnerIndex Owners);
