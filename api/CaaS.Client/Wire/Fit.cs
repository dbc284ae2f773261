namespace CaaS.Client.Wire;

/// <summary>How well what was found answers what was asked. What fits less is not shown.</summary>
public enum Fit
{
    /// <summary>Some of it fits: worth a look.</summary>
    MayFit = 0,

    /// <summary>It is about this.</summary>
    Fits = 1,
}
