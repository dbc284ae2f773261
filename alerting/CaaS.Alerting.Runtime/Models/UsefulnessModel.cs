using System.Collections.Immutable;
using CaaS.Alerting.Feedback;
using CaaS.Analytics.MlNet.Models;

namespace CaaS.Alerting.Runtime.Models;

/// <summary>A trained model, as the core asks it.</summary>
/// <param name="name">Its name.</param>
/// <param name="model">The model.</param>
internal sealed class UsefulnessModel(string name, RatingModel model) : IUsefulnessModel
{
    /// <inheritdoc/>
    public string Name { get; } = name;

    /// <inheritdoc/>
    public double Rate(ImmutableArray<float> features) => model.Rate(features);

    /// <summary>True when it rates by this model.</summary>
    public bool Holds(RatingModel other) => model == other;
}
