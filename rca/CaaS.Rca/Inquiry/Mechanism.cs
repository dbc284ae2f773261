using System.Collections.Immutable;

namespace CaaS.Rca.Inquiry;

/// <summary>One way in which a diff can do harm.</summary>
/// <param name="Name">What it does, such as <c>shortens a limit</c>.</param>
/// <param name="Weight">Log-likelihood ratio in nats of such a change among culprits against harmless ones.</param>
/// <param name="Shows">Beginnings of words that symptoms of it use.</param>
/// <param name="Where">The line that does it.</param>
internal sealed record Mechanism(string Name, double Weight, ImmutableArray<string> Shows, string Where);
