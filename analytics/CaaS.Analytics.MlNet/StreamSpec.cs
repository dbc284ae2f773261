using CaaS.Analytics.Patterns;

namespace CaaS.Analytics.MlNet;

/// <summary>What a time-series transformer is: everything but its state. Written to checkpoints as JSON.</summary>
/// <param name="Kind">Which model.</param>
/// <param name="Input">The input column, of singles or doubles.</param>
/// <param name="Outputs">The output columns.</param>
internal sealed record StreamSpec(StreamKind Kind, string Input, OutputColumn[] Outputs)
{
    /// <summary>Percent.</summary>
    public double Confidence { get; init; }

    /// <summary>Values remembered by the test.</summary>
    public int History { get; init; }

    /// <summary>Which deviations count.</summary>
    public Side Side { get; init; } = Side.TwoSided;

    /// <summary>The martingale.</summary>
    public Martingale Martingale { get; init; }

    /// <summary>The martingale's exponent.</summary>
    public double Epsilon { get; init; } = 0.1;

    /// <summary>The error.</summary>
    public ErrorMeasure Error { get; init; }

    /// <summary>The singular spectrum model.</summary>
    public SpectrumOptions? Spectrum { get; init; }

    /// <summary>Window, added points, look-ahead, averaging and judgement of the spectral residual.</summary>
    public int[] Residual { get; init; } = [];

    /// <summary>The spectral residual's threshold.</summary>
    public double Threshold { get; init; }

    /// <summary>Whether forecasts may have any number of steps.</summary>
    public bool VariableHorizon { get; init; }

    /// <summary>A model without state.</summary>
    public IStreamModel NewModel() => Kind switch
    {
        StreamKind.Iid => new IidModel(Confidence, History, Side, Martingale, Epsilon),
        StreamKind.Spectrum => new SpectrumDetectModel(
            Spectrum!, Error, new IidModel(Confidence, History, Side, Martingale, Epsilon)),
        StreamKind.Forecast => new SpectrumForecastModel(Spectrum!),
        _ => new SpectralResidualModel(Residual[0], Residual[1], Residual[2], Residual[3], Residual[4], Threshold),
    };
}
