using CaaS.Analytics.Patterns;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms;

namespace CaaS.Analytics.MlNet;

/// <summary>An ML.NET estimator around a stream model of CaaS.</summary>
/// <remarks>
/// Fitting reads the input column once, in order. Use it like every estimator: append it to others, fit, transform.
/// Differs from Microsoft.ML.TimeSeries in accepting double columns too, and in gaps: NaN changes nothing and is
/// never an anomaly.
/// </remarks>
public sealed class TimeSeriesEstimator : IEstimator<TimeSeriesTransformer>
{
    private readonly StreamSpec _spec;

    internal TimeSeriesEstimator(StreamSpec spec) => _spec = spec;

    /// <inheritdoc/>
    public TimeSeriesTransformer Fit(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        IStreamModel model = _spec.NewModel();
        if (_spec.Spectrum is not null)
        {
            model.Train(TimeSeriesColumn.Read(input, _spec.Input));
        }
        return new TimeSeriesTransformer(_spec, model);
    }

    /// <inheritdoc/>
    /// <remarks>
    /// A column shape cannot be made outside of ML.NET, so custom mappings that add such columns are asked for it.
    /// </remarks>
    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        if (!inputSchema.Any(c => c.Name == _spec.Input))
        {
            throw new ArgumentOutOfRangeException(nameof(inputSchema), $"There is no column {_spec.Input}.");
        }
        var context = new MLContext(0);
        SchemaShape shape = inputSchema;
        foreach (OutputColumn column in _spec.Outputs)
        {
            SchemaDefinition nothing = SchemaDefinition.Create(typeof(NoColumns));
            shape = column.IsSingle
                ? Mapping<SingleColumn>(context, column, nothing).GetOutputSchema(shape)
                : Mapping<DoubleColumn>(context, column, nothing).GetOutputSchema(shape);
        }
        return shape;
    }

    private CustomMappingEstimator<NoColumns, TColumn> Mapping<TColumn>(
        MLContext context, OutputColumn column, SchemaDefinition nothing)
        where TColumn : class, new()
    {
        SchemaDefinition definition = SchemaDefinition.Create(typeof(TColumn));
        definition[0].ColumnName = column.Name;
        definition[0].ColumnType = TimeSeriesTransformer.TypeOf(_spec, column);
        return context.Transforms.CustomMapping<NoColumns, TColumn>((_, _) => { }, null, nothing, definition);
    }

    private sealed class NoColumns;

    private sealed class SingleColumn
    {
        [VectorType]
        public VBuffer<float> Values { get; set; }
    }

    private sealed class DoubleColumn
    {
        [VectorType]
        public VBuffer<double> Values { get; set; }
    }
}
