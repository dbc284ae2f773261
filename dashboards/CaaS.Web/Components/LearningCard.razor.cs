using CaaS.Client.Wire;
using Microsoft.AspNetCore.Components;

namespace CaaS.Web.Components;

/// <summary>How right the platform was by what people say, and the model that learns from it.</summary>
public sealed partial class LearningCard
{
    private const int MaxVersions = 8;

    /// <summary>How right it was.</summary>
    [Parameter, EditorRequired]
    public required Accuracy Accuracy { get; set; }

    /// <summary>Versions of the model.</summary>
    [Parameter, EditorRequired]
    public required ModelReport Models { get; set; }

    /// <summary>True for who may promote and roll back.</summary>
    [Parameter, EditorRequired]
    public required bool IsOperator { get; set; }

    /// <summary>Told which version to promote.</summary>
    [Parameter, EditorRequired]
    public required EventCallback<int> OnPromote { get; set; }

    /// <summary>Told to roll back.</summary>
    [Parameter, EditorRequired]
    public required EventCallback OnRollback { get; set; }

    private static double Part(Share share) => (double)share.Count / Math.Max(1, share.Of);

    private static string Say(Share share) =>
        $"({share.Count} of {share.Of}; 95 % interval {Words.Percent(share.Low)} to {Words.Percent(share.High)})";
}
