using Microsoft.ML;
using Microsoft.ML.Runtime;

namespace CaaS.Analytics.MlNet;

/// <summary>Makes time-series engines.</summary>
public static class PredictionFunctionExtensions
{
    /// <summary>An engine that predicts example after example, from the state after fitting.</summary>
    /// <param name="transformer">A time-series transformer, or a chain that holds one.</param>
    /// <param name="env">The context; kept for the signature.</param>
    public static TimeSeriesPredictionEngine<TSrc, TDst> CreateTimeSeriesEngine<TSrc, TDst>(
        this ITransformer transformer, IHostEnvironment env)
        where TSrc : class, new()
        where TDst : class, new()
    {
        ArgumentNullException.ThrowIfNull(transformer);
        ArgumentNullException.ThrowIfNull(env);
        return new TimeSeriesPredictionEngine<TSrc, TDst>(transformer);
    }
}
