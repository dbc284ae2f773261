namespace CaaS.Analytics.MlNet.Models;

/// <summary>What a model says of an example, as ML.NET writes it.</summary>
internal sealed class RatingRow
{
    public float Probability { get; set; }
}
