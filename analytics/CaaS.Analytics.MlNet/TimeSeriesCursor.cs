using CaaS.Analytics.Patterns;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace CaaS.Analytics.MlNet;

/// <summary>Steps a model along the rows of another cursor.</summary>
internal sealed class TimeSeriesCursor : DataViewRowCursor
{
    private readonly DataViewRowCursor _source;
    private readonly Func<double> _input;
    private readonly bool[] _active;
    private readonly StreamSpec _spec;
    private readonly IStreamModel _model;
    private readonly double[] _said;

    public TimeSeriesCursor(
        DataViewRowCursor source,
        DataViewSchema.Column input,
        DataViewSchema schema,
        bool[] active,
        StreamSpec spec,
        IStreamModel model)
    {
        _source = source;
        _input = TimeSeriesColumn.Getter(source, input);
        Schema = schema;
        _active = active;
        _spec = spec;
        _model = model;
        _said = new double[model.Width];
    }

    /// <inheritdoc/>
    public override DataViewSchema Schema { get; }

    /// <inheritdoc/>
    public override long Position => _source.Position;

    /// <inheritdoc/>
    public override long Batch => _source.Batch;

    /// <inheritdoc/>
    public override bool IsColumnActive(DataViewSchema.Column column) => _active[column.Index];

    /// <inheritdoc/>
    public override bool MoveNext()
    {
        if (!_source.MoveNext())
        {
            return false;
        }
        _model.Step(_input(), _said);
        return true;
    }

    /// <inheritdoc/>
    public override ValueGetter<DataViewRowId> GetIdGetter() => _source.GetIdGetter();

    /// <inheritdoc/>
    public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
    {
        if (column.Index < _source.Schema.Count)
        {
            return _source.GetGetter<TValue>(_source.Schema[column.Index]);
        }
        OutputColumn output = _spec.Outputs[column.Index - _source.Schema.Count];
        Delegate getter = output.IsSingle ? Singles(output) : Doubles(output);
        return getter as ValueGetter<TValue>
            ?? throw new InvalidOperationException($"Column {column.Name} is {column.Type}, not {typeof(TValue)}.");
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _source.Dispose();
        }
        base.Dispose(disposing);
    }

    private ValueGetter<VBuffer<double>> Doubles(OutputColumn output) => (ref VBuffer<double> value) =>
    {
        VBufferEditor<double> editor = VBufferEditor.Create(ref value, output.Count);
        _said.AsSpan(output.Offset, output.Count).CopyTo(editor.Values);
        value = editor.Commit();
    };

    private ValueGetter<VBuffer<float>> Singles(OutputColumn output) => (ref VBuffer<float> value) =>
    {
        VBufferEditor<float> editor = VBufferEditor.Create(ref value, output.Count);
        for (int i = 0; i < output.Count; i++)
        {
            editor.Values[i] = (float)_said[output.Offset + i];
        }
        value = editor.Commit();
    };
}
