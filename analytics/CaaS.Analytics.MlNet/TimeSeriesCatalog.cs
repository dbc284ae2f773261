using System.Diagnostics.CodeAnalysis;
using CaaS.Analytics.Patterns;
using CaaS.Analytics.Seasonality;
using Microsoft.ML;

namespace CaaS.Analytics.MlNet;

/// <summary>
/// Time-series estimators under the names and options of Microsoft.ML.TimeSeries, on the models of CaaS.
/// </summary>
/// <remarks>
/// Facts on names and outputs: dotnet/machinelearning, src/Microsoft.ML.TimeSeries/ExtensionsCatalog.cs.
/// </remarks>
[SuppressMessage("Style", "IDE0060", Justification = "The catalogue is only where ML.NET's users look for the method.")]
public static class TimeSeriesCatalog
{
    /// <summary>Spikes of independent values: alert, value, p-value.</summary>
    public static TimeSeriesEstimator DetectIidSpike(
        this TransformsCatalog catalog,
        string outputColumnName,
        string inputColumnName,
        double confidence,
        int pvalueHistoryLength,
        AnomalySide side = AnomalySide.TwoSided) =>
        new(new StreamSpec(StreamKind.Iid, inputColumnName, [Doubles(outputColumnName, 3)])
        {
            Confidence = confidence,
            History = pvalueHistoryLength,
            Side = (Side)side,
        });

    /// <summary>Change points of independent values: alert, value, p-value, martingale.</summary>
    public static TimeSeriesEstimator DetectIidChangePoint(
        this TransformsCatalog catalog,
        string outputColumnName,
        string inputColumnName,
        double confidence,
        int changeHistoryLength,
        MartingaleType martingale = MartingaleType.Power,
        double eps = 0.1) =>
        new(new StreamSpec(StreamKind.Iid, inputColumnName, [Doubles(outputColumnName, 4)])
        {
            Confidence = confidence,
            History = changeHistoryLength,
            Martingale = (Martingale)martingale,
            Epsilon = eps,
        });

    /// <summary>Spikes of a series with seasons: alert, error, p-value.</summary>
    public static TimeSeriesEstimator DetectSpikeBySsa(
        this TransformsCatalog catalog,
        string outputColumnName,
        string inputColumnName,
        double confidence,
        int pvalueHistoryLength,
        int trainingWindowSize,
        int seasonalityWindowSize,
        AnomalySide side = AnomalySide.TwoSided,
        ErrorFunction errorFunction = ErrorFunction.SignedDifference) =>
        new(new StreamSpec(StreamKind.Spectrum, inputColumnName, [Doubles(outputColumnName, 3)])
        {
            Confidence = confidence,
            History = pvalueHistoryLength,
            Side = (Side)side,
            Error = (ErrorMeasure)errorFunction,
            Spectrum = Detection(trainingWindowSize, seasonalityWindowSize),
        });

    /// <summary>Change points of a series with seasons: alert, error, p-value, martingale.</summary>
    public static TimeSeriesEstimator DetectChangePointBySsa(
        this TransformsCatalog catalog,
        string outputColumnName,
        string inputColumnName,
        double confidence,
        int changeHistoryLength,
        int trainingWindowSize,
        int seasonalityWindowSize,
        ErrorFunction errorFunction = ErrorFunction.SignedDifference,
        MartingaleType martingale = MartingaleType.Power,
        double eps = 0.1) =>
        new(new StreamSpec(StreamKind.Spectrum, inputColumnName, [Doubles(outputColumnName, 4)])
        {
            Confidence = confidence,
            History = changeHistoryLength,
            Martingale = (Martingale)martingale,
            Epsilon = eps,
            Error = (ErrorMeasure)errorFunction,
            Spectrum = Detection(trainingWindowSize, seasonalityWindowSize),
        });

    /// <summary>Anomalies by spectral residual on a sliding window: alert, score, saliency.</summary>
    public static TimeSeriesEstimator DetectAnomalyBySrCnn(
        this TransformsCatalog catalog,
        string outputColumnName,
        string inputColumnName,
        int windowSize = 64,
        int backAddWindowSize = 5,
        int lookaheadWindowSize = 5,
        int averagingWindowSize = 3,
        int judgementWindowSize = 21,
        double threshold = 0.3) =>
        new(new StreamSpec(StreamKind.Residual, inputColumnName, [Doubles(outputColumnName, 3)])
        {
            Residual = [windowSize, backAddWindowSize, lookaheadWindowSize, averagingWindowSize, judgementWindowSize],
            Threshold = threshold,
        });

    /// <summary>Forecasts by singular spectrum analysis: after every row a vector of the next values.</summary>
    /// <param name="catalog">The catalogue.</param>
    /// <param name="outputColumnName">The forecast.</param>
    /// <param name="inputColumnName">The series.</param>
    /// <param name="windowSize">Lags in a window, above 2.</param>
    /// <param name="seriesLength">Values kept to forecast from, above the window.</param>
    /// <param name="trainSize">How many of the first rows are learnt from.</param>
    /// <param name="horizon">Steps.</param>
    /// <param name="isAdaptive">Whether the model is built again as rows come.</param>
    /// <param name="discountFactor">What a window counts compared with the next.</param>
    /// <param name="rankSelectionMethod">How the rank is chosen.</param>
    /// <param name="rank">The rank, if told.</param>
    /// <param name="maxRank">The greatest rank.</param>
    /// <param name="shouldStabilize">Whether a growing recurrence is damped.</param>
    /// <param name="shouldMaintainInfo">Kept for the signature: what bands need is always maintained.</param>
    /// <param name="maxGrowth">How fast a forecast may grow.</param>
    /// <param name="confidenceLowerBoundColumn">The lower edges' column; null for none.</param>
    /// <param name="confidenceUpperBoundColumn">The upper edges' column; null for none.</param>
    /// <param name="confidenceLevel">The share the band should hold.</param>
    /// <param name="variableHorizon">Whether an engine may be asked for another number of steps.</param>
    public static TimeSeriesEstimator ForecastBySsa(
        this ForecastingCatalog catalog,
        string outputColumnName,
        string inputColumnName,
        int windowSize,
        int seriesLength,
        int trainSize,
        int horizon,
        bool isAdaptive = false,
        float discountFactor = 1,
        RankSelectionMethod rankSelectionMethod = RankSelectionMethod.Exact,
        int? rank = null,
        int? maxRank = null,
        bool shouldStabilize = true,
        bool shouldMaintainInfo = false,
        GrowthRatio? maxGrowth = null,
        string? confidenceLowerBoundColumn = null,
        string? confidenceUpperBoundColumn = null,
        float confidenceLevel = 0.95f,
        bool variableHorizon = false)
    {
        _ = shouldMaintainInfo;
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(horizon);
        var outputs = new List<OutputColumn> { new(outputColumnName, 0, horizon, IsSingle: true) };
        if (confidenceLowerBoundColumn is not null)
        {
            outputs.Add(new OutputColumn(confidenceLowerBoundColumn, horizon, horizon, IsSingle: true));
        }
        if (confidenceUpperBoundColumn is not null)
        {
            outputs.Add(new OutputColumn(confidenceUpperBoundColumn, 2 * horizon, horizon, IsSingle: true));
        }
        return new TimeSeriesEstimator(new StreamSpec(StreamKind.Forecast, inputColumnName, [.. outputs])
        {
            VariableHorizon = variableHorizon,
            Spectrum = new SpectrumOptions
            {
                Window = windowSize,
                SeriesLength = seriesLength,
                TrainSize = trainSize,
                Horizon = horizon,
                IsAdaptive = isAdaptive,
                DiscountFactor = discountFactor,
                RankSelection = rankSelectionMethod switch
                {
                    RankSelectionMethod.Fixed => RankSelection.Fixed,
                    RankSelectionMethod.Fast => RankSelection.Fast,
                    _ => RankSelection.Exact,
                },
                Rank = rank,
                MaxRank = maxRank,
                Stabilize = shouldStabilize,
                ConfidenceLevel = confidenceLevel,
                MaxGrowth = maxGrowth is { } limit && double.IsFinite(limit.Growth)
                    ? Math.Pow(limit.Growth, 1.0 / limit.TimeSpan)
                    : null,
            },
        });
    }

    /// <summary>Judges every row of a whole series by spectral residual.</summary>
    public static IDataView DetectEntireAnomalyBySrCnn(
        this AnomalyDetectionCatalog catalog,
        IDataView input,
        string outputColumnName,
        string inputColumnName,
        double threshold = 0.3,
        int batchSize = 1024,
        double sensitivity = 99,
        SrCnnDetectMode detectMode = SrCnnDetectMode.AnomalyOnly) =>
        catalog.DetectEntireAnomalyBySrCnn(
            input,
            outputColumnName,
            inputColumnName,
            new SrCnnEntireAnomalyDetectorOptions
            {
                Threshold = threshold,
                BatchSize = batchSize,
                Sensitivity = sensitivity,
                DetectMode = detectMode,
            });

    /// <summary>Judges every row of a whole series by spectral residual.</summary>
    public static IDataView DetectEntireAnomalyBySrCnn(
        this AnomalyDetectionCatalog catalog,
        IDataView input,
        string outputColumnName,
        string inputColumnName,
        SrCnnEntireAnomalyDetectorOptions options)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(options);
        double[] values = TimeSeriesColumn.Read(input, inputColumnName);
        EntirePoint[] points = EntireSeries.Judge(
            values,
            options.Threshold,
            options.BatchSize,
            options.Sensitivity,
            options.Period,
            (Deseasonality)options.DeseasonalityMode);
        int width = options.DetectMode switch
        {
            SrCnnDetectMode.AnomalyOnly => 3,
            SrCnnDetectMode.AnomalyAndExpectedValue => 4,
            _ => 7,
        };
        double[][] said = [.. points.Select((p, t) =>
        {
            bool outside = width == 3 || values[t] > p.Upper || values[t] < p.Lower;
            double[] all = [p.IsAnomaly && outside ? 1 : 0, p.Score, p.Saliency, p.Expected, p.Unit, p.Upper, p.Lower];
            return all[..width];
        })];
        var spec = new StreamSpec(StreamKind.Iid, inputColumnName, [Doubles(outputColumnName, width)]);
        var replay = new ReplayModel(said);
        return new TimeSeriesView(input, new TimeSeriesTransformer(spec, replay), replay.Copy);
    }

    /// <summary>The strongest season of a series, in rows; -1 if there is none.</summary>
    /// <param name="catalog">The catalogue.</param>
    /// <param name="input">The rows.</param>
    /// <param name="inputColumnName">The series.</param>
    /// <param name="seasonalityWindowSize">How many of the first rows are looked at; -1 for all.</param>
    /// <param name="randomnessThreshold">How sure it must not be noise, between 0 and 1.</param>
    public static int DetectSeasonality(
        this AnomalyDetectionCatalog catalog,
        IDataView input,
        string inputColumnName,
        int seasonalityWindowSize = -1,
        double randomnessThreshold = 0.95)
    {
        ArgumentNullException.ThrowIfNull(input);
        double[] values = TimeSeriesColumn.Read(input, inputColumnName);
        int count = seasonalityWindowSize < 0 ? values.Length : Math.Min(seasonalityWindowSize, values.Length);
        Season[] seasons = SeasonFinder.Find(values.AsSpan(0, count), int.MaxValue, randomnessThreshold);
        return seasons.Length == 0 ? -1 : seasons[0].Period;
    }

    private static OutputColumn Doubles(string name, int count) => new(name, 0, count, IsSingle: false);

    private static SpectrumOptions Detection(int training, int season) => new()
    {
        Window = Math.Max(3, season),
        SeriesLength = Math.Max(3, season) + 1,
        TrainSize = training,
    };
}
