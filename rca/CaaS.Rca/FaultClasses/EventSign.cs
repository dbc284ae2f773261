using System.Collections.Immutable;

namespace CaaS.Rca.FaultClasses;

/// <summary>Warning events that show a fault.</summary>
/// <param name="Reason">Their reason, exactly.</param>
/// <param name="Any">Parts of the message, of which one must be there, whatever their case; empty for any
/// message.</param>
public sealed record EventSign(string Reason, ImmutableArray<string> Any);
