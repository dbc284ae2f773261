using System.Text.Json;
using System.Text.Json.Serialization;
using CaaS.Analytics.Patterns;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace CaaS.Analytics.MlNet;

/// <summary>A fitted time-series model as an ML.NET transformer.</summary>
/// <remarks>
/// Rows are read in order, by one cursor, each pass from the state after fitting. It is not a row-to-row mapper: a
/// row's answer depends on the rows before. Ordinary model files are written by code inside ML.NET; use a prediction
/// engine's CheckPoint, or <see cref="Save(Stream)"/>, and <see cref="Load(Stream)"/>.
/// </remarks>
public sealed class TimeSeriesTransformer : ITransformer
{
    private const int Version = 1;

    private static readonly JsonSerializerOptions Json = new()
    {
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        Converters = { new JsonStringEnumConverter() },
    };

    private readonly IStreamModel _model;

    internal TimeSeriesTransformer(StreamSpec spec, IStreamModel model)
    {
        Spec = spec;
        _model = model;
    }

    /// <inheritdoc/>
    public bool IsRowToRowMapper => false;

    internal StreamSpec Spec { get; }

    /// <summary>Reads what <see cref="Save(Stream)"/> wrote.</summary>
    /// <exception cref="InvalidDataException">It is not a checkpoint of this version.</exception>
    public static TimeSeriesTransformer Load(Stream stream)
    {
        Checkpoint? checkpoint = JsonSerializer.Deserialize<Checkpoint>(stream, Json);
        if (checkpoint is not { Version: Version })
        {
            throw new InvalidDataException("This is no checkpoint of a time-series model.");
        }
        IStreamModel model = checkpoint.Spec.NewModel();
        model.Restore(checkpoint.State);
        return new TimeSeriesTransformer(checkpoint.Spec, model);
    }

    /// <summary>Reads the checkpoint in a file.</summary>
    public static TimeSeriesTransformer Load(string path)
    {
        using FileStream file = File.OpenRead(path);
        return Load(file);
    }

    /// <summary>Writes the model and its state.</summary>
    public void Save(Stream stream) => Save(stream, _model);

    /// <inheritdoc/>
    public DataViewSchema GetOutputSchema(DataViewSchema inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        TimeSeriesColumn.Find(inputSchema, Spec.Input);
        var builder = new DataViewSchema.Builder();
        foreach (DataViewSchema.Column column in inputSchema)
        {
            builder.AddColumn(column.Name, column.Type, column.Annotations);
        }
        foreach (OutputColumn column in Spec.Outputs)
        {
            builder.AddColumn(column.Name, TypeOf(Spec, column));
        }
        return builder.ToSchema();
    }

    /// <inheritdoc/>
    public IDataView Transform(IDataView input) => new TimeSeriesView(input, this, NewState);

    /// <inheritdoc/>
    public IRowToRowMapper GetRowToRowMapper(DataViewSchema inputSchema) =>
        throw new InvalidOperationException("A row's answer depends on the rows before it: use a time-series engine.");

    /// <inheritdoc/>
    void ICanSaveModel.Save(ModelSaveContext ctx) =>
        throw new NotSupportedException("Save by an engine's CheckPoint, and load by TimeSeriesTransformer.Load.");

    internal static DataViewType TypeOf(StreamSpec spec, OutputColumn column)
    {
        PrimitiveDataViewType number = column.IsSingle ? NumberDataViewType.Single : NumberDataViewType.Double;
        return spec.VariableHorizon ? new VectorDataViewType(number) : new VectorDataViewType(number, column.Count);
    }

    /// <summary>A copy of the state after fitting.</summary>
    internal IStreamModel NewState() => _model.Copy();

    /// <summary>Writes this model with another state.</summary>
    internal void Save(Stream stream, IStreamModel state) =>
        JsonSerializer.Serialize(stream, new Checkpoint(Version, Spec, state.Snapshot()), Json);

    private sealed record Checkpoint(int Version, StreamSpec Spec, double[] State);
}
