namespace CaaS.Analytics.MlNet;

/// <summary>Which model a checkpoint holds.</summary>
internal enum StreamKind
{
    /// <summary>Kernel p-values.</summary>
    Iid,

    /// <summary>Errors of a singular spectrum forecast.</summary>
    Spectrum,

    /// <summary>Singular spectrum forecasts.</summary>
    Forecast,

    /// <summary>Spectral residual.</summary>
    Residual,
}
