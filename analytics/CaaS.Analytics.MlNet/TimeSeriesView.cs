using CaaS.Analytics.Patterns;
using Microsoft.ML;

namespace CaaS.Analytics.MlNet;

/// <summary>The rows of another view with a time-series model's columns added.</summary>
/// <param name="source">The other view.</param>
/// <param name="transformer">The model.</param>
/// <param name="state">Where a pass begins.</param>
internal sealed class TimeSeriesView(
    IDataView source, TimeSeriesTransformer transformer, Func<IStreamModel> state) : IDataView
{
    /// <inheritdoc/>
    public bool CanShuffle => false;

    /// <inheritdoc/>
    public DataViewSchema Schema { get; } = transformer.GetOutputSchema(source.Schema);

    /// <inheritdoc/>
    public long? GetRowCount() => source.GetRowCount();

    /// <inheritdoc/>
    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null)
    {
        bool[] active = new bool[Schema.Count];
        foreach (DataViewSchema.Column column in columnsNeeded)
        {
            active[column.Index] = true;
        }
        DataViewSchema.Column input = TimeSeriesColumn.Find(source.Schema, transformer.Spec.Input);
        IEnumerable<DataViewSchema.Column> needed = source.Schema.Where(c => active[c.Index] || c.Index == input.Index);
        return new TimeSeriesCursor(source.GetRowCursor(needed), input, Schema, active, transformer.Spec, state());
    }

    /// <inheritdoc/>
    public DataViewRowCursor[] GetRowCursorSet(
        IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null) => [GetRowCursor(columnsNeeded)];
}
