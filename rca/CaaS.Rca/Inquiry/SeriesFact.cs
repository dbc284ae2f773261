namespace CaaS.Rca.Inquiry;

/// <summary>One series around the incident.</summary>
/// <param name="Entity">Index of the entity it is measured on.</param>
/// <param name="Name">Its name, for people.</param>
/// <param name="Meaning">What it says.</param>
/// <param name="Times">Unix seconds, ascending.</param>
/// <param name="Values">One value a time; NaN where nothing was measured.</param>
public sealed record SeriesFact(int Entity, string Name, Meaning Meaning, double[] Times, double[] Values)
{
    /// <summary>Which part of the entity, such as one pod; empty for the whole.</summary>
    public string Part { get; init; } = string.Empty;
}
