using System.Data.Common;
using System.Globalization;
using DuckDB.NET.Data;

namespace CaaS.History.Blocks;

/// <summary>DuckDB inside this process: an empty in-memory database that reads and writes Parquet files.</summary>
internal sealed class DuckDb : IDisposable
{
    private readonly DuckDBConnection _root;
    private readonly SemaphoreSlim _slots;
    private readonly TimeSpan _timeout;

    public DuckDb(HistoryOptions options, string temporaryFolder)
    {
        _slots = new SemaphoreSlim(options.QueryConcurrency);
        _timeout = options.QueryTimeout;
        _root = new DuckDBConnection("DataSource=:memory:");
        _root.Open();
        Directory.CreateDirectory(temporaryFolder);
        foreach (var setting in (string[])
        [
            string.Create(CultureInfo.InvariantCulture, $"memory_limit='{options.QueryMemoryMiB}MiB'"),
            string.Create(CultureInfo.InvariantCulture, $"threads={Math.Min(4, Environment.ProcessorCount)}"),
            $"temp_directory={Literal(temporaryFolder)}",
            "autoinstall_known_extensions=false",
            "autoload_known_extensions=false",
        ])
        {
            using var command = _root.CreateCommand();
            command.CommandText = "SET " + setting;
            command.ExecuteNonQuery();
        }
    }

    /// <summary>Text as an SQL literal.</summary>
    public static string Literal(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";

    /// <summary>The files of one name of some blocks, as an SQL table; later blocks have a greater
    /// <c>filename</c>.</summary>
    public static string Table(IEnumerable<Block> blocks, string name) =>
        $"read_parquet([{string.Join(',', blocks.Select(block => Literal(Block.FileIn(block.Path, name))))}], filename=true)";

    /// <summary>Runs a query, within the time limit and beside a few others only.</summary>
    /// <exception cref="HistoryLimitException">It took too long.</exception>
    public async Task<T> QueryAsync<T>(
        string sql, IReadOnlyList<object> arguments, Func<DbDataReader, T> read, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(_timeout);
        try
        {
            await _slots.WaitAsync(limit.Token).ConfigureAwait(false);
            try
            {
                return await Task.Run(() => Query(sql, arguments, read, limit.Token), limit.Token).ConfigureAwait(false);
            }
            finally
            {
                _slots.Release();
            }
        }
        catch (Exception e) when (limit.IsCancellationRequested && e is not HistoryLimitException)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw new HistoryLimitException(
                $"The query took longer than History:QueryTimeout = {_timeout}. Ask for less time or fewer series.", e);
        }
    }

    /// <summary>Runs a query, blocking.</summary>
    public T Query<T>(
        string sql, IReadOnlyList<object> arguments, Func<DbDataReader, T> read, CancellationToken cancellationToken)
    {
        using var connection = _root.Duplicate();
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        foreach (var argument in arguments)
        {
            command.Parameters.Add(new DuckDBParameter(argument));
        }

        using var stop = cancellationToken.Register(command.Cancel);
        using var reader = command.ExecuteReader();
        return read(reader);
    }

    /// <summary>Runs a statement as part of keeping house: no time limit, no slot.</summary>
    /// <returns>Rows it wrote.</returns>
    public long Execute(string sql)
    {
        using var connection = _root.Duplicate();
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteNonQuery();
    }

    public void Dispose()
    {
        _root.Dispose();
        _slots.Dispose();
    }
}
