using System.Data.Common;
using System.Globalization;
using CaaS.Signals;

namespace CaaS.History.Blocks;

/// <summary>Reads series out of blocks and heads and merges them.</summary>
internal sealed class SeriesReader(DuckDb duck, HistoryOptions options)
{
    private const int SeriesMax = 10_000;

    /// <summary>Series that match and may have points in the time range, ordered by text.</summary>
    public async Task<List<SeriesKey>> FindAsync(
        BlockLease lease, IReadOnlyList<HeadPoints> head, SeriesQuery query, CancellationToken cancellationToken)
    {
        var (fromMs, toMs) = (Head.Ms(query.From), Head.Ms(query.To));
        var found = new Dictionary<long, SeriesKey>();
        var blocks = lease.Of(Block.Series, fromMs, toMs);
        if (blocks.Length > 0)
        {
            var where = "tenant = ? AND \"cluster\" = ? AND min_ts < ? AND max_ts >= ?";
            List<object> arguments = [query.Scope.Tenant, query.Scope.Cluster, toMs, fromMs];
            if (query.Entity is { } entity)
            {
                where += " AND entity = ?";
                arguments.Add(entity.ToString());
            }

            if (query.Metric is { } metric)
            {
                where += " AND metric = ?";
                arguments.Add(metric);
            }

            var keys = await duck.QueryAsync(
                $"SELECT DISTINCT entity, metric, labels, kind FROM {DuckDb.Table(blocks, Block.Series)} WHERE {where}",
                arguments,
                reader => ReadKeys(reader, query),
                cancellationToken).ConfigureAwait(false);
            foreach (var key in keys)
            {
                found[SeriesId.Of(key)] = key;
            }
        }

        foreach (var points in head)
        {
            found[SeriesId.Of(points.Series)] = points.Series;
        }

        return [.. found.Values.OrderBy(key => key.Text, StringComparer.Ordinal)
            .Take(Math.Clamp(query.MaxSeries, 1, SeriesMax))];
    }

    /// <summary>Points of the series, merged; <paramref name="fold"/> sees one series at a time.</summary>
    /// <exception cref="HistoryLimitException">Too many points.</exception>
    public async Task<List<SeriesRange>> ReadAsync(
        BlockLease lease,
        IReadOnlyList<HeadPoints> head,
        SeriesQuery query,
        IReadOnlyList<SeriesKey> series,
        Func<SeriesRange, SeriesRange> fold,
        CancellationToken cancellationToken)
    {
        var (fromMs, toMs) = (Head.Ms(query.From), Head.Ms(query.To));
        var byId = series.ToDictionary(SeriesId.Of);
        var headOf = head.ToLookup(points => SeriesId.Of(points.Series));
        var answer = new Dictionary<long, SeriesRange>();
        var blocks = lease.Of(Block.Points, fromMs, toMs);
        if (blocks.Length > 0 && byId.Count > 0)
        {
            var ids = string.Join(',', byId.Keys.Select(id => id.ToString(CultureInfo.InvariantCulture)));
            await duck.QueryAsync(
                $"""
                SELECT series, ts, value FROM {DuckDb.Table(blocks, Block.Points)}
                WHERE ts >= ? AND ts < ? AND series IN ({ids}) ORDER BY series, ts, filename
                """,
                [fromMs, toMs],
                reader => ReadPoints(reader, byId, headOf, answer, fold),
                cancellationToken).ConfigureAwait(false);
        }

        foreach (var (id, key) in byId)
        {
            if (!answer.ContainsKey(id) && headOf.Contains(id))
            {
                answer[id] = fold(Join(key, [], [], headOf[id]));
            }
        }

        return [.. answer.Values.Where(range => range.Value.Length > 0)
            .OrderBy(range => range.Series.Text, StringComparer.Ordinal)];
    }

    private static List<SeriesKey> ReadKeys(DbDataReader reader, SeriesQuery query)
    {
        var keys = new List<SeriesKey>();
        while (reader.Read())
        {
            var key = SeriesId.Read(
                query.Scope, reader.GetString(0), reader.GetString(1), reader.GetString(2), reader.GetInt32(3));
            if (SeriesId.Match(query, key))
            {
                keys.Add(key);
            }
        }

        return keys;
    }

    private bool ReadPoints(
        DbDataReader reader,
        Dictionary<long, SeriesKey> byId,
        ILookup<long, HeadPoints> head,
        Dictionary<long, SeriesRange> answer,
        Func<SeriesRange, SeriesRange> fold)
    {
        long? current = null;
        var times = new List<long>();
        var values = new List<double>();
        var count = 0;
        while (reader.Read())
        {
            var id = reader.GetInt64(0);
            if (id != current)
            {
                Finish();
                current = id;
            }

            if (++count > options.QueryMaxPoints)
            {
                throw new HistoryLimitException(
                    $"The query reads more than History:QueryMaxPoints = {options.QueryMaxPoints} points. "
                    + "Ask for less time or fewer series.");
            }

            var (time, value) = (reader.GetInt64(1), reader.GetDouble(2));
            if (times.Count > 0 && times[^1] == time)
            {
                values[^1] = value; // The later block has the later word.
                continue;
            }

            times.Add(time);
            values.Add(value);
        }

        Finish();
        return true;

        void Finish()
        {
            if (current is { } id)
            {
                answer[id] = fold(Join(byId[id], times, values, head[id]));
                times.Clear();
                values.Clear();
            }
        }
    }

    /// <summary>Merges points of blocks with those of heads, older head first; of the same instant the later source
    /// wins.</summary>
    private static SeriesRange Join(
        SeriesKey key, IReadOnlyList<long> times, IReadOnlyList<double> values, IEnumerable<HeadPoints> heads)
    {
        var (joinedTimes, joinedValues) = (times.ToArray(), values.ToArray());
        foreach (var head in heads)
        {
            (joinedTimes, joinedValues) = Join(joinedTimes, joinedValues, head.TimestampMs, head.Value);
        }

        return new SeriesRange(key, joinedTimes, joinedValues);
    }

    private static (long[] Times, double[] Values) Join(
        long[] oldTimes, double[] oldValues, long[] newTimes, double[] newValues)
    {
        var times = new List<long>(oldTimes.Length + newTimes.Length);
        var values = new List<double>(oldTimes.Length + newTimes.Length);
        var (i, j) = (0, 0);
        while (i < oldTimes.Length || j < newTimes.Length)
        {
            if (j == newTimes.Length || (i < oldTimes.Length && oldTimes[i] < newTimes[j]))
            {
                times.Add(oldTimes[i]);
                values.Add(oldValues[i++]);
                continue;
            }

            i += i < oldTimes.Length && oldTimes[i] == newTimes[j] ? 1 : 0;
            times.Add(newTimes[j]);
            values.Add(newValues[j++]);
        }

        return ([.. times], [.. values]);
    }
}
