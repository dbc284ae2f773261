namespace CaaS.Alerting.Feedback;

/// <summary>How likely it is that people will call an incident worth telling.</summary>
/// <param name="Probability">0 to 1.</param>
/// <param name="Model">Name of the version that says so, such as <c>usefulness-3</c>.</param>
public sealed record Usefulness(double Probability, string Model)
{
    /// <summary>Kind of the models that say so.</summary>
    public const string Kind = "usefulness";
}
