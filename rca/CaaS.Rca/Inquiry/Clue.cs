namespace CaaS.Rca.Inquiry;

/// <summary>One reason for (or against) an entity as the cause.</summary>
/// <param name="Entity">Index of the entity.</param>
/// <param name="Modality">Where it comes from.</param>
/// <param name="Fault">Sort of fault it speaks for, such as <c>network</c>.</param>
/// <param name="Weight">Log-likelihood ratio in nats; below zero contradicts.</param>
/// <param name="Statement">One sentence with the numbers in it.</param>
public sealed record Clue(int Entity, Modality Modality, string Fault, double Weight, string Statement);
