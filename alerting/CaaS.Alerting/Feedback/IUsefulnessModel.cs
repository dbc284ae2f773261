using System.Collections.Immutable;

namespace CaaS.Alerting.Feedback;

/// <summary>A version of a model that rates incidents.</summary>
/// <remarks>Pure: the same features give the same probability. Thread-safe.</remarks>
public interface IUsefulnessModel
{
    /// <summary>Its name.</summary>
    string Name { get; }

    /// <summary>Rates an incident.</summary>
    /// <param name="features">One number for each of <see cref="IncidentFeatures.Names"/>.</param>
    /// <returns>Probability that it is worth telling, 0 to 1.</returns>
    double Rate(ImmutableArray<float> features);
}
