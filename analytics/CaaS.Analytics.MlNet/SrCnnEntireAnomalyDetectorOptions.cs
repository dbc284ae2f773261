namespace CaaS.Analytics.MlNet;

/// <summary>Options of the detector on a whole series.</summary>
public sealed class SrCnnEntireAnomalyDetectorOptions
{
    /// <summary>The score above which a point is an anomaly, 0 to 1.</summary>
    public double Threshold { get; set; } = 0.3;

    /// <summary>Points judged at a time: at least 12, or -1 for all.</summary>
    public int BatchSize { get; set; } = 2000;

    /// <summary>0 to 100: the higher, the narrower the boundaries.</summary>
    public double Sensitivity { get; set; } = 70;

    /// <summary>What is said.</summary>
    public SrCnnDetectMode DetectMode { get; set; } = SrCnnDetectMode.AnomalyOnly;

    /// <summary>A known season in steps; 0 for none.</summary>
    public int Period { get; set; }

    /// <summary>How it is taken out.</summary>
    public SrCnnDeseasonalityMode DeseasonalityMode { get; set; } = SrCnnDeseasonalityMode.Stl;
}
