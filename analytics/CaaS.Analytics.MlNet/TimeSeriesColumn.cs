using Microsoft.ML;
using Microsoft.ML.Data;

namespace CaaS.Analytics.MlNet;

/// <summary>Reads a column of numbers.</summary>
internal static class TimeSeriesColumn
{
    /// <summary>All values in order.</summary>
    public static double[] Read(IDataView data, string name)
    {
        DataViewSchema.Column column = Find(data.Schema, name);
        using DataViewRowCursor cursor = data.GetRowCursor([column]);
        Func<double> value = Getter(cursor, column);
        var values = new List<double>();
        while (cursor.MoveNext())
        {
            values.Add(value());
        }
        return [.. values];
    }

    /// <summary>The column of that name.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is none, or it holds no single numbers.</exception>
    public static DataViewSchema.Column Find(DataViewSchema schema, string name)
    {
        DataViewSchema.Column column = schema.GetColumnOrNull(name)
            ?? throw new ArgumentOutOfRangeException(nameof(name), $"There is no column {name}.");
        return column.Type == NumberDataViewType.Single || column.Type == NumberDataViewType.Double
            ? column
            : throw new ArgumentOutOfRangeException(nameof(name), $"Column {name} is {column.Type}, not Single or Double.");
    }

    /// <summary>Reads the row a cursor stands on.</summary>
    public static Func<double> Getter(DataViewRow row, DataViewSchema.Column column)
    {
        if (column.Type == NumberDataViewType.Single)
        {
            ValueGetter<float> single = row.GetGetter<float>(column);
            return () =>
            {
                float value = 0;
                single(ref value);
                return value;
            };
        }
        ValueGetter<double> number = row.GetGetter<double>(column);
        return () =>
        {
            double value = 0;
            number(ref value);
            return value;
        };
    }
}
