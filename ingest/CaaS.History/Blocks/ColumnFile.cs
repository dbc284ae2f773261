using ParquetSharp;

namespace CaaS.History.Blocks;

/// <summary>A Parquet file written row group by row group, column by column.</summary>
internal sealed class ColumnFile(string path, Column[] columns, WriterProperties properties) : IDisposable
{
    private readonly ParquetFileWriter _file = new(path, columns, properties);
    private RowGroupWriter? _group;

    public void Begin() => _group = _file.AppendRowGroup();

    /// <summary>Writes the next column of the row group.</summary>
    public void Add<T>(T[] values)
    {
        var group = _group ?? throw new InvalidOperationException("No row group was begun.");
        using var writer = group.NextColumn().LogicalWriter<T>();
        writer.WriteBatch(values);
    }

    public void End() => _group?.Dispose();

    public void Dispose()
    {
        _file.Close();
        _file.Dispose();
    }
}
