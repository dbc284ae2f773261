using System.Buffers.Binary;
using System.Diagnostics.Metrics;
using System.Text;
using CaaS.Log;
using CaaS.Log.Segments;
using Microsoft.Extensions.Time.Testing;
using Microsoft.Win32.SafeHandles;
using Xunit;

namespace CaaS.Ingest.Tests.Log;

/// <summary>What only the embedded log does: files, damage, retention, budget, failed disks.</summary>
public sealed class SegmentLogTests : IDisposable
{
    private const int EnoughBytes = 1024 * 1024;
    private static readonly Topic Topic = new("files", 1);

    private readonly TemporaryFolder _folder = new();
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private string Files => Path.Combine(_folder.Path, "log", Topic.Name, "0");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task The_bytes_are_those_of_FORMAT()
    {
        await using (var log = Open())
        {
            await log.Value.AppendAsync(Topic, 0, "ab"u8.ToArray(), Ct);
            _time.Advance(TimeSpan.FromMilliseconds(1));
            await log.Value.AppendAsync(Topic, 0, "c"u8.ToArray(), Ct);
            await log.Value.CommitAsync("g", Topic, 0, 2, Ct);
        }

        const string Golden =
            "436161537365670A" + "0100" + "0000" + "00000000" + "0000000000000000" + "00000000" + "4AC9BAD4"
            + "D2BEAB47" + "02000000" + "0000000000000000" + "000A45A99C010000" + "0000000000000000" + "6162"
            + "A4DB22E3" + "01000000" + "0100000000000000" + "010A45A99C010000" + "0100000000000000" + "63";
        Assert.Equal(
            Golden, Convert.ToHexString(File.ReadAllBytes(Path.Combine(Files, "00000000000000000000.seg"))));
        var group = File.ReadAllBytes(Path.Combine(_folder.Path, "log", "_groups", "g.files.0"));
        const string Slot =
            "43616147" + "0100" + "0000" + "0100000000000000" + "0200000000000000" + "00000000" + "4A46183A";
        Assert.Equal(Slot, Convert.ToHexString(group.AsSpan(0, 32)));
        Assert.Equal(Slot, Convert.ToHexString(group.AsSpan(4096, 32)));
        Assert.Equal("1\n", File.ReadAllText(Path.Combine(_folder.Path, "VERSION")));
    }

    [Fact]
    public void The_checksum_is_that_of_the_standard() => Assert.Equal(0xE3069283u, Crc32C.Of("123456789"u8));

    [Fact]
    public async Task A_tail_torn_at_any_byte_loses_only_the_record_that_was_being_written()
    {
        await FillAsync(4);
        var whole = File.ReadAllBytes(Assert.Single(Segments()));
        var lastAt = whole.Length - 32 - "record 3".Length;
        for (var size = lastAt; size < whole.Length; size++)
        {
            File.WriteAllBytes(Assert.Single(Segments()), whole[..size]);

            await using var log = Open();
            Assert.Equal((0, 3), await log.Value.RangeAsync(Topic, 0, Ct));
            Assert.Equal(3, await log.Value.AppendAsync(Topic, 0, Bytes("again"), Ct));
            Assert.Equal(["record 0", "record 1", "record 2", "again"], await AllAsync(log.Value, 0, 4));
        }
    }

    [Fact]
    public async Task A_bit_flipped_anywhere_in_the_last_record_is_never_read_as_good()
    {
        await FillAsync(3);
        var path = Assert.Single(Segments());
        var whole = File.ReadAllBytes(path);
        for (var at = whole.Length - 32 - "record 2".Length; at < whole.Length; at++)
        {
            var flipped = whole.ToArray();
            flipped[at] ^= (byte)(1 << (at % 8));
            File.WriteAllBytes(path, flipped);

            await using var log = Open();
            Assert.Equal((0, 2), await log.Value.RangeAsync(Topic, 0, Ct));
        }
    }

    [Fact]
    public async Task Rot_of_an_acknowledged_record_is_told_and_never_cut_away()
    {
        await FillAsync(5);
        var path = Assert.Single(Segments());
        var whole = File.ReadAllBytes(path);
        var position = 32 + (2 * 40);
        whole[position + 33] ^= 4;
        File.WriteAllBytes(path, whole);

        for (var round = 0; round < 2; round++)
        {
            await using var log = Open();
            Assert.Equal(["record 0", "record 1"], await AllAsync(log.Value, 0, 2));
            Assert.Equal(5 + round, await log.Value.AppendAsync(Topic, 0, Bytes($"after {round}"), Ct));
            Assert.Equal("after 0", (await AllAsync(log.Value, 2, 6))[0]);
            await log.Value.ReadAsync(Topic, 0, 2, EnoughBytes, Ct);
            var told = Assert.IsType<LogCorruptException>(Assert.Single(log.Told));
            Assert.Equal((path, position, 2, 5), (told.File, told.Position, told.Offset, told.ResumeOffset));
            Assert.Contains($"{path} is damaged at byte {position}", told.Message, StringComparison.Ordinal);
        }

        Assert.Equal(whole, File.ReadAllBytes(path));
    }

    [Fact]
    public async Task Rot_in_a_closed_segment_leaves_the_others_readable()
    {
        await FillAsync(8, segmentRecords: 2);
        var second = Segments()[1];
        var bytes = File.ReadAllBytes(second);
        bytes[32 + 32] ^= 1;
        File.WriteAllBytes(second, bytes);

        await using var log = Open(new LogOptions { SegmentBytes = 65536 });

        Assert.Equal((0, 8), await log.Value.RangeAsync(Topic, 0, Ct));
        Assert.Equal(2, (await log.Value.ReadAsync(Topic, 0, 0, 2 * EnoughBytes, Ct)).Count);
        Assert.Equal(4, (await log.Value.ReadAsync(Topic, 0, 3, EnoughBytes, Ct))[0].Offset);
        var told = Assert.IsType<LogCorruptException>(Assert.Single(log.Told));
        Assert.Equal((second, 4), (told.File, told.ResumeOffset));
    }

    [Fact]
    public async Task A_crash_while_a_segment_is_begun_leaves_a_log_that_goes_on()
    {
        await FillAsync(2);
        foreach (var size in (int[])[0, 7, 31, 32])
        {
            File.WriteAllBytes(Path.Combine(Files, SegmentFormat.FileName(2)), new byte[size]);

            await using var log = Open();
            Assert.Equal((0, 2), await log.Value.RangeAsync(Topic, 0, Ct));
        }
    }

    [Fact]
    public async Task A_segment_of_a_newer_version_is_refused()
    {
        await FillAsync(1);
        var path = Assert.Single(Segments());
        var bytes = File.ReadAllBytes(path);
        bytes[8] = 2;
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(28), Crc32C.Of(bytes.AsSpan(0, 28)));
        File.WriteAllBytes(path, bytes);

        await using var log = Open();

        await Assert.ThrowsAsync<DataFolderException>(async () => await log.Value.RangeAsync(Topic, 0, Ct));
    }

    [Fact]
    public async Task A_failed_fsync_is_never_acknowledged_later()
    {
        var fail = false;
        var count = 0;
        void Fsync(SafeFileHandle handle)
        {
            count++;
            if (fail)
            {
                throw new IOException("Input/output error.");
            }

            RandomAccess.FlushToDisk(handle);
        }

        await using (var log = Open(fsync: Fsync))
        {
            await log.Value.AppendAsync(Topic, 0, Bytes("good"), Ct);
            fail = true;
            for (var attempt = 0; attempt < 3; attempt++)
            {
                var told = await Assert.ThrowsAsync<LogUnavailableException>(
                    async () => await log.Value.AppendAsync(Topic, 0, Bytes("bad"), Ct));
                Assert.Contains("Input/output error", told.Message, StringComparison.Ordinal);
            }

            Assert.Equal(["good"], await AllAsync(log.Value, 0, 1));
            fail = false;
            Assert.Equal(1, await log.Value.AppendAsync(Topic, 0, Bytes("better"), Ct));
            Assert.Equal(["good", "better"], await AllAsync(log.Value, 0, 2));
        }

        await using var again = Open();
        Assert.Equal((0, 2), await again.Value.RangeAsync(Topic, 0, Ct));
        Assert.Equal(["good", "better"], await AllAsync(again.Value, 0, 2));
    }

    [Fact]
    public async Task Many_appends_share_an_fsync()
    {
        var count = 0;
        await using var log = Open(fsync: handle =>
        {
            count++;
            RandomAccess.FlushToDisk(handle);
        });

        await Task.WhenAll(Enumerable.Range(0, 1000).Select(
            index => log.Value.AppendAsync(Topic, 0, Bytes($"{index}"), Ct).AsTask()));

        Assert.InRange(count, 1, 500);
    }

    [Fact]
    public async Task Closed_segments_go_when_they_are_too_old()
    {
        var options = new LogOptions { SegmentBytes = 65536, RetentionAge = TimeSpan.FromHours(4) };
        await using (var full = Open(options))
        {
            for (var index = 0; index < 10; index++)
            {
                await full.Value.AppendAsync(Topic, 0, new byte[100], Ct);
                _time.Advance(TimeSpan.FromHours(1));
            }
        }

        await using var log = Open(options);

        var (first, end) = await log.Value.RangeAsync(Topic, 0, Ct);

        Assert.Equal(10, end);
        Assert.InRange(first, 4, 8);
        Assert.Equal(first, (await log.Value.ReadAsync(Topic, 0, 0, 1, Ct))[0].Offset);
        Assert.Equal(first, await log.Value.OffsetAtAsync(Topic, 0, DateTimeOffset.UnixEpoch, Ct));
    }

    [Fact]
    public async Task Closed_segments_go_when_they_are_too_much()
    {
        var options = new LogOptions { SegmentBytes = 256 * 1024, RetentionBytes = 1024 * 1024 };
        await using (var full = Open(options))
        {
            for (var index = 0; index < 40; index++)
            {
                await full.Value.AppendAsync(Topic, 0, new byte[100_000], Ct);
            }
        }

        await using var log = Open(options);

        var kept = new DirectoryInfo(Files).EnumerateFiles().Sum(file => file.Length);

        Assert.InRange(kept, 600_000, options.RetentionBytes + options.SegmentBytes);
        Assert.True((await log.Value.RangeAsync(Topic, 0, Ct)).First > 0);
    }

    [Fact]
    public async Task A_full_budget_refuses_appends_says_what_to_change_and_resumes_by_itself()
    {
        await using var log = Open(new LogOptions { DiskBudgetBytes = 1024 * 1024 });
        await log.Value.AppendAsync(Topic, 0, Bytes("first"), Ct);
        var ballast = Path.Combine(_folder.Path, "ballast");
        File.WriteAllBytes(ballast, new byte[1024 * 1024]);
        _time.Advance(TimeSpan.FromSeconds(11));

        var told = await Assert.ThrowsAsync<LogUnavailableException>(
            async () => await log.Value.AppendAsync(Topic, 0, Bytes("refused"), Ct));
        Assert.Contains("Log:DiskBudgetBytes", told.Message, StringComparison.Ordinal);
        Assert.Equal(["first"], await AllAsync(log.Value, 0, 1));

        File.Delete(ballast);
        _time.Advance(TimeSpan.FromSeconds(11));
        Assert.Equal(1, await log.Value.AppendAsync(Topic, 0, Bytes("second"), Ct));
    }

    [Fact]
    public async Task A_backlog_the_disk_does_not_keep_up_with_is_refused()
    {
        using var hold = new ManualResetEventSlim();
        await using var log = Open(
            new LogOptions { PendingBytes = LogOptions.MaxRecordBytes },
            handle =>
            {
                hold.Wait(Ct);
                RandomAccess.FlushToDisk(handle);
            },
            isHeldFrom: 2);

        var appends = Enumerable.Range(0, 8).Select(
            _ => log.Value.AppendAsync(Topic, 0, new byte[1024 * 1024], Ct).AsTask()).ToArray();
        hold.Set();
        var done = await Task.WhenAll(appends.Select(async append =>
        {
            try
            {
                return await append;
            }
            catch (LogUnavailableException)
            {
                return -1;
            }
        }));

        Assert.Contains(-1L, done);
        Assert.Contains(0L, done);
    }

    [Fact]
    public async Task A_group_offset_with_one_bad_slot_is_still_known_and_with_two_is_refused()
    {
        await using (var log = Open())
        {
            await log.Value.CommitAsync("g", Topic, 0, 7, Ct);
            await log.Value.CommitAsync("g", Topic, 0, 8, Ct);
        }

        var path = Path.Combine(_folder.Path, "log", "_groups", "g.files.0");
        var bytes = File.ReadAllBytes(path);
        bytes[20] ^= 1;
        File.WriteAllBytes(path, bytes);
        await using (var log = Open())
        {
            Assert.Equal(7, await log.Value.CommittedAsync("g", Topic, 0, Ct));
        }

        bytes[4096 + 20] ^= 1;
        File.WriteAllBytes(path, bytes);
        await using (var log = Open())
        {
            await Assert.ThrowsAsync<LogCorruptException>(
                async () => await log.Value.CommittedAsync("g", Topic, 0, Ct));
        }
    }

    [Fact]
    public async Task Lag_and_appends_are_measured()
    {
        var seen = new Dictionary<string, long>();
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, l) =>
        {
            if (instrument.Meter.Name == "CaaS.Log")
            {
                l.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) =>
        {
            if (tags.Contains(new KeyValuePair<string, object?>("topic", "measured")))
            {
                lock (seen)
                {
                    seen[instrument.Name] = seen.GetValueOrDefault(instrument.Name) + value;
                }
            }
        });
        listener.Start();
        var topic = new Topic("measured", 1);
        await using var log = Open();

        await log.Value.AppendAsync(topic, 0, new byte[10], Ct);
        await log.Value.AppendAsync(topic, 0, new byte[10], Ct);
        await log.Value.CommitAsync("g", topic, 0, 1, Ct);
        listener.RecordObservableInstruments();

        lock (seen)
        {
            Assert.Equal(2, seen["caas_log_appended_records"]);
            Assert.Equal(20, seen["caas_log_appended_bytes"]);
            Assert.Equal(1, seen["caas_log_lag_records"]);
            Assert.Equal(2, seen["caas_log_fsync_count"]);
        }
    }

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    private static async Task<List<string>> AllAsync(SegmentLog log, long from, long end)
    {
        var all = new List<string>();
        while (from < end)
        {
            var read = await log.ReadAsync(Topic, 0, from, EnoughBytes, Ct);
            all.AddRange(read.Select(entry => Encoding.UTF8.GetString(entry.Payload.Span)));
            from = read[^1].Offset + 1;
        }

        return all;
    }

    private string[] Segments() => [.. Directory.GetFiles(Files).Order(StringComparer.Ordinal)];

    private async Task FillAsync(int recordCount, int? segmentRecords = null)
    {
        var options = new LogOptions { SegmentBytes = segmentRecords is null ? 64 * 1024 * 1024 : 65536 };
        await using var log = Open(options);
        for (var index = 0; index < recordCount; index++)
        {
            var payload = segmentRecords is { } count ? new byte[65536 / count] : Bytes($"record {index}");
            await log.Value.AppendAsync(Topic, 0, payload, Ct);
        }
    }

    private Held Open(LogOptions? options = null, Action<SafeFileHandle>? fsync = null, int isHeldFrom = 0)
    {
        options ??= new LogOptions();
        options.GroupCommitMs = options.GroupCommitMs == 5 && fsync is null ? 0 : options.GroupCommitMs;
        var count = 0;
        var data = DataFolder.Open(_folder.Path);
        var errors = new ErrorList();
        return new Held(data, errors, new SegmentLog(options, data, _time, new LogMetrics(null), errors, handle =>
        {
            if (++count < isHeldFrom || fsync is null)
            {
                RandomAccess.FlushToDisk(handle);
            }
            else
            {
                fsync(handle);
            }
        }));
    }

    private sealed class Held(DataFolder data, ErrorList errors, SegmentLog log) : IAsyncDisposable
    {
        public IReadOnlyList<Exception> Told => [.. errors.Errors.OfType<LogCorruptException>()];

        public SegmentLog Value => log;

        public async ValueTask DisposeAsync()
        {
            await log.DisposeAsync();
            data.Dispose();
        }
    }
}
