using System.Reflection;
using CaaS.Analytics.MlNet;
using Microsoft.ML;
using Microsoft.ML.Data;
using Xunit;

namespace CaaS.Analytics.Tests.MlNet;

/// <summary>The estimators inside ordinary ML.NET pipelines.</summary>
public class PipelineTests
{
    private static readonly MLContext Context = new(1);

    [Fact]
    public void A_spike_of_independent_values_is_found_behind_another_transform()
    {
        IDataView data = Rows(200, t => t == 150 ? 30 : 5 + t * 37 % 11 * 0.1);
        var pipeline = Context.Transforms.CopyColumns("Copy", nameof(Row.Value))
            .Append(Context.Transforms.DetectIidSpike(nameof(Said.Prediction), "Copy", confidence: 99, pvalueHistoryLength: 40));

        int[] alerts = Alerts(pipeline.Fit(data).Transform(data));

        Assert.Equal([150], alerts.Where(t => t > 20));
    }

    [Fact]
    public void A_spike_on_the_other_side_is_not_asked_for()
    {
        IDataView data = Rows(100, t => t == 70 ? -30 : 5 + t * 37 % 11 * 0.1);
        var pipeline = Context.Transforms.DetectIidSpike(
            nameof(Said.Prediction), nameof(Row.Value), 99, 40, AnomalySide.Positive);

        Assert.DoesNotContain(70, Alerts(pipeline.Fit(data).Transform(data)));
    }

    [Theory]
    [InlineData(MartingaleType.Power, 95)]
    [InlineData(MartingaleType.Mixture, 90)]
    public void A_shift_of_independent_values_is_found_once(MartingaleType martingale, double confidence)
    {
        var random = new Random(1);
        IDataView data = Rows(240, t => (t < 120 ? 5 : 9) + random.NextDouble());
        var pipeline = Context.Transforms.DetectIidChangePoint(
            nameof(Said.Prediction), nameof(Row.Value), confidence, 12, martingale);

        int[] alerts = Alerts(pipeline.Fit(data).Transform(data));

        Assert.Contains(alerts, t => t is >= 120 and < 132);
        Assert.InRange(alerts.Count(t => t is >= 120 and < 132), 1, 1);
    }

    [Fact]
    public void A_spike_in_a_season_is_found_although_it_is_no_extreme()
    {
        IDataView train = Rows(240, Wave);
        IDataView data = Rows(240, t => t == 150 ? 4 : Wave(t));
        var pipeline = Context.Transforms.DetectSpikeBySsa(nameof(Said.Prediction), nameof(Row.Value), 99, 60, 240, 24);

        int[] alerts = Alerts(pipeline.Fit(train).Transform(data));

        Assert.Contains(150, alerts);
        Assert.InRange(alerts.Count(t => t is > 60 and < 150), 0, 3);
    }

    [Fact]
    public void A_season_that_changes_its_level_is_a_change_point()
    {
        var random = new Random(2);
        IDataView train = Rows(240, t => Wave(t) + 0.5 * random.NextDouble());
        IDataView data = Rows(300, t => Wave(t) + 0.5 * random.NextDouble() + (t < 200 ? 0 : 30));
        var pipeline = Context.Transforms.DetectChangePointBySsa(nameof(Said.Prediction), nameof(Row.Value), 95, 8, 240, 24);

        Assert.Contains(Alerts(pipeline.Fit(train).Transform(data)), t => t is >= 200 and < 216);
    }

    [Fact]
    public void A_spike_is_salient()
    {
        var random = new Random(3);
        IDataView data = Rows(200, t => t == 150 ? 100 : 10 + random.NextDouble());
        var pipeline = Context.Transforms.DetectAnomalyBySrCnn(nameof(Said.Prediction), nameof(Row.Value), threshold: 1.5);

        Assert.Contains(150, Alerts(pipeline.Fit(data).Transform(data)));
    }

    [Theory]
    [InlineData(SrCnnDetectMode.AnomalyOnly, 3)]
    [InlineData(SrCnnDetectMode.AnomalyAndMargin, 7)]
    [InlineData(SrCnnDetectMode.AnomalyAndExpectedValue, 4)]
    public void A_whole_series_is_judged(SrCnnDetectMode mode, int width)
    {
        IDataView data = Rows(300, t => t == 170 ? 100 : Wave(t));

        IDataView judged = Context.AnomalyDetection.DetectEntireAnomalyBySrCnn(
            data, nameof(Said.Prediction), nameof(Row.Value), threshold: 0.35, batchSize: 512, sensitivity: 90, mode);

        Said[] said = [.. Context.Data.CreateEnumerable<Said>(judged, reuseRowObject: false, ignoreMissingColumns: true)];
        Assert.All(said, s => Assert.Equal(width, s.Prediction.Length));
        Assert.Contains(170, said.Index().Where(s => s.Item.Prediction[0] == 1).Select(s => s.Index));
    }

    [Fact]
    public void The_season_is_told()
    {
        Assert.Equal(24, Context.AnomalyDetection.DetectSeasonality(Rows(240, Wave), nameof(Row.Value)));
        var random = new Random(4);
        Assert.Equal(-1, Context.AnomalyDetection.DetectSeasonality(Rows(240, _ => random.NextDouble()), nameof(Row.Value)));
    }

    [Fact]
    public void A_pipeline_knows_its_columns_before_it_is_fitted()
    {
        SchemaShape shape = Forecast(24, false)
            .Append(Context.Transforms.DropColumns(nameof(Row.Value)))
            .GetOutputSchema(Shape(Rows(10, Wave)));

        Assert.Contains(shape, c => c.Name == nameof(Said.Forecast) && c.Kind == SchemaShape.Column.VectorKind.Vector);
        Assert.DoesNotContain(shape, c => c.Name == nameof(Row.Value));
    }

    [Fact]
    public void A_missing_column_is_named() =>
        Assert.Throws<ArgumentOutOfRangeException>(() =>
            Context.Transforms.DetectIidSpike("out", "nowhere", 95, 10).Fit(Rows(5, Wave)).Transform(Rows(5, Wave)));

    [Fact]
    public void A_forecast_goes_on_where_the_training_ended_and_follows_examples()
    {
        ITransformer model = Forecast(24, false).Fit(Rows(240, Wave));
        var engine = model.CreateTimeSeriesEngine<Row, Said>(Context);

        Said first = engine.Predict();
        engine.Predict(new Row { Value = (float)Wave(240) });
        Said second = engine.Predict();

        Assert.All(first.Forecast.Select((v, h) => Math.Abs(v - Wave(240 + h))), d => Assert.InRange(d, 0, 0.5));
        Assert.All(second.Forecast.Select((v, h) => Math.Abs(v - Wave(241 + h))), d => Assert.InRange(d, 0, 0.5));
        Assert.All(first.Lower.Zip(first.Upper), b => Assert.True(b.First <= b.Second));
    }

    [Fact]
    public void A_variable_horizon_is_kept_to()
    {
        var engine = Forecast(8, true).Fit(Rows(240, Wave)).CreateTimeSeriesEngine<Row, Said>(Context);

        Assert.Equal(8, engine.Predict().Forecast.Length);
        Assert.Equal(30, engine.Predict(horizon: 30, confidenceLevel: 0.8f).Forecast.Length);
    }

    [Fact]
    public void A_checkpoint_goes_on_as_if_nothing_had_happened()
    {
        var random = new Random(6);
        double[] values = [.. Enumerable.Range(0, 120).Select(_ => random.NextDouble())];
        ITransformer model =
            Context.Transforms.DetectIidSpike(nameof(Said.Prediction), nameof(Row.Value), 90, 30).Fit(Rows(1, Wave));
        var engine = model.CreateTimeSeriesEngine<Row, Said>(Context);
        foreach (double v in values.Take(60))
        {
            engine.Predict(new Row { Value = (float)v });
        }
        using var file = new MemoryStream();
        engine.CheckPoint(Context, file);
        file.Position = 0;

        var again = TimeSeriesTransformer.Load(file).CreateTimeSeriesEngine<Row, Said>(Context);

        foreach (double v in values.Skip(60))
        {
            var row = new Row { Value = (float)v };
            Assert.Equal(engine.Predict(row).Prediction, again.Predict(row).Prediction);
        }
    }

    [Fact]
    public void A_damaged_checkpoint_is_refused()
    {
        using var file = new MemoryStream("{\"Version\":7}"u8.ToArray());

        Assert.ThrowsAny<Exception>(() => TimeSeriesTransformer.Load(file));
    }

    [Fact]
    public void A_gap_is_no_anomaly()
    {
        IDataView data = Rows(100, t => t == 60 ? double.NaN : 5 + t * 37 % 11 * 0.1);
        var pipeline = Context.Transforms.DetectIidSpike(nameof(Said.Prediction), nameof(Row.Value), 95, 40);

        Assert.DoesNotContain(60, Alerts(pipeline.Fit(data).Transform(data)));
    }

    private static TimeSeriesEstimator Forecast(int horizon, bool variable) => Context.Forecasting.ForecastBySsa(
        nameof(Said.Forecast),
        nameof(Row.Value),
        windowSize: 48,
        seriesLength: 96,
        trainSize: 240,
        horizon: horizon,
        confidenceLowerBoundColumn: nameof(Said.Lower),
        confidenceUpperBoundColumn: nameof(Said.Upper),
        variableHorizon: variable);

    private static SchemaShape Shape(IDataView data) => ShapeOf(data.Schema);

    /// <summary>The shape of a schema, asked of ML.NET itself, which keeps the method to itself.</summary>
    private static SchemaShape ShapeOf(DataViewSchema schema) =>
        (SchemaShape)typeof(SchemaShape).GetMethod("Create", BindingFlags.NonPublic | BindingFlags.Static)!
            .Invoke(null, [schema])!;

    private static double Wave(int t) => 10 + 5 * Math.Sin(2 * Math.PI * t / 24) + 2 * Math.Cos(2 * Math.PI * t / 12);

    private static IDataView Rows(int count, Func<int, double> value) =>
        Context.Data.LoadFromEnumerable(Enumerable.Range(0, count).Select(t => new Row { Value = (float)value(t) }).ToArray());

    private static int[] Alerts(IDataView said) =>
        [.. Context.Data.CreateEnumerable<Said>(said, reuseRowObject: false, ignoreMissingColumns: true).Index()
            .Where(s => s.Item.Prediction[0] == 1).Select(s => s.Index)];

    public sealed class Row
    {
        public float Value { get; set; }
    }

    public sealed class Said
    {
        [VectorType]
        public double[] Prediction { get; set; } = [];

        [VectorType]
        public float[] Forecast { get; set; } = [];

        [VectorType]
        public float[] Lower { get; set; } = [];

        [VectorType]
        public float[] Upper { get; set; } = [];
    }
}
