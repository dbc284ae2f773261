namespace CaaS.Rca.Topology;

/// <summary>One fact of an entity that is another than before.</summary>
/// <param name="Name">Key of <see cref="Signals.KubeFacts"/>.</param>
/// <param name="Before">Value then; empty when there was none.</param>
/// <param name="After">Value now; empty when there is none.</param>
public sealed record FactDiff(string Name, string Before, string After);
