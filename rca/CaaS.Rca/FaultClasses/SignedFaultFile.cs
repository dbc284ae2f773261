using System.Collections.Immutable;

namespace CaaS.Rca.FaultClasses;

/// <summary>Content of the embedded <c>signed-fault-classes.json</c>.</summary>
/// <param name="Profiles">Families, by name.</param>
/// <param name="Classes">Classes.</param>
internal sealed record SignedFaultFile(
    ImmutableDictionary<string, FaultProfile> Profiles, ImmutableArray<SignedFaultClass> Classes);
