using CaaS.Analytics.Patterns;
using Microsoft.ML;
using Microsoft.ML.Runtime;

namespace CaaS.Analytics.MlNet;

/// <summary>Predicts one example after another, keeping the state of every time-series model of a pipeline.</summary>
/// <typeparam name="TSrc">The example's class.</typeparam>
/// <typeparam name="TDst">The prediction's class; its members are output columns.</typeparam>
/// <remarks>
/// Every example runs through the pipeline as a view of one row, which costs some tens of microseconds: convenient
/// rather than fast; the platform's own streams use the models of CaaS.Analytics directly. Not thread-safe.
/// </remarks>
public sealed class TimeSeriesPredictionEngine<TSrc, TDst>
    where TSrc : class, new()
    where TDst : class, new()
{
    private readonly MLContext _context = new(0);
    private readonly ITransformer[] _steps;
    private readonly Dictionary<ITransformer, IStreamModel> _states;

    internal TimeSeriesPredictionEngine(ITransformer transformer)
    {
        _steps = [.. Flatten(transformer)];
        _states = _steps.OfType<TimeSeriesTransformer>().ToDictionary(t => (ITransformer)t, t => t.NewState());
        if (_states.Count == 0)
        {
            throw new ArgumentException("The pipeline holds no time-series model.", nameof(transformer));
        }
    }

    /// <summary>Takes the next example.</summary>
    public TDst Predict(TSrc example)
    {
        ArgumentNullException.ThrowIfNull(example);
        return Run(example, live: state => state);
    }

    /// <summary>Takes the next example and forecasts some steps.</summary>
    /// <param name="example">The example.</param>
    /// <param name="horizon">How many steps; the model's own if null.</param>
    /// <param name="confidenceLevel">The share the band should hold; the model's own if null.</param>
    public TDst Predict(TSrc example, int? horizon, float? confidenceLevel = null)
    {
        Predict(example);
        return Predict(horizon, confidenceLevel);
    }

    /// <summary>Forecasts without a new example.</summary>
    /// <param name="horizon">How many steps; the model's own if null.</param>
    /// <param name="confidenceLevel">The share the band should hold; the model's own if null.</param>
    /// <exception cref="InvalidOperationException">The last model forecasts nothing, or not so many steps.</exception>
    public TDst Predict(int? horizon = null, float? confidenceLevel = null)
    {
        if (_steps[^1] is not TimeSeriesTransformer { Spec.Spectrum: { Horizon: > 0 } options } last)
        {
            throw new InvalidOperationException("Only a pipeline that ends in a forecast predicts without an example.");
        }
        int steps = horizon ?? options.Horizon;
        if (steps != options.Horizon && !last.Spec.VariableHorizon)
        {
            throw new InvalidOperationException("Only a model with a variable horizon forecasts another number of steps.");
        }
        StreamSpec spec = last.Spec with
        {
            Outputs =
            [
                .. last.Spec.Outputs.Select(o => o with { Offset = o.Offset / options.Horizon * steps, Count = steps }),
            ],
        };
        double confidence = confidenceLevel ?? options.ConfidenceLevel;
        var view = new HeldForecast((SpectrumForecastModel)_states[last], steps, confidence);
        return Run(new TSrc(), live: state => state is SpectrumForecastModel ? view : state.Copy(), spec);
    }

    /// <summary>Writes the state of the pipeline's last time-series model to a file.</summary>
    public void CheckPoint(IHostEnvironment env, string modelPath)
    {
        using FileStream file = File.Create(modelPath);
        CheckPoint(env, file);
    }

    /// <summary>Writes the state of the pipeline's last time-series model.</summary>
    public void CheckPoint(IHostEnvironment env, Stream stream)
    {
        ArgumentNullException.ThrowIfNull(env);
        TimeSeriesTransformer last = _steps.OfType<TimeSeriesTransformer>().Last();
        last.Save(stream, _states[last]);
    }

    private TDst Run(TSrc example, Func<IStreamModel, IStreamModel> live, StreamSpec? spec = null)
    {
        IDataView view = _context.Data.LoadFromEnumerable([example]);
        foreach (ITransformer step in _steps)
        {
            if (step is not TimeSeriesTransformer model)
            {
                view = step.Transform(view);
                continue;
            }
            IStreamModel state = live(_states[step]);
            bool isReplaced = spec is not null && step == _steps[^1];
            TimeSeriesTransformer shown = isReplaced ? new TimeSeriesTransformer(spec!, state) : model;
            view = new TimeSeriesView(view, shown, () => state);
        }
        return _context.Data.CreateEnumerable<TDst>(view, reuseRowObject: false, ignoreMissingColumns: true).Single();
    }

    private static IEnumerable<ITransformer> Flatten(ITransformer transformer) =>
        transformer is IEnumerable<ITransformer> chain ? chain.SelectMany(Flatten) : [transformer];

    /// <summary>Answers a row with the forecast of a model that does not see the row.</summary>
    private sealed class HeldForecast(SpectrumForecastModel model, int horizon, double confidence) : IStreamModel
    {
        public int Width => 3 * horizon;

        public void Train(ReadOnlySpan<double> history)
        {
        }

        public void Step(double value, Span<double> into) => model.Forecast(into, horizon, confidence);

        public double[] Snapshot() => model.Snapshot();

        public void Restore(ReadOnlySpan<double> state) => model.Restore(state);

        public IStreamModel Copy() => this;
    }
}
