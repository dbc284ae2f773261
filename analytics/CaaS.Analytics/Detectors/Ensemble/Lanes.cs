using System.Runtime.CompilerServices;

namespace CaaS.Analytics.Detectors.Ensemble;

/// <summary>One number per feature, side by side so that one vector instruction works on all.</summary>
[InlineArray(Count)]
public struct Lanes
{
    /// <summary>Features.</summary>
    public const int Count = 16;

    private float _first;
}
