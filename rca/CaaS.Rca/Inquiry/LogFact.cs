namespace CaaS.Rca.Inquiry;

/// <summary>How often an entity logged a template.</summary>
/// <param name="Entity">Index of the entity.</param>
/// <param name="Template">The template.</param>
/// <param name="From">When the first count begins, unix seconds.</param>
/// <param name="StepSeconds">Length of one count.</param>
/// <param name="Counts">Lines in each step.</param>
public sealed record LogFact(int Entity, string Template, double From, double StepSeconds, int[] Counts);
