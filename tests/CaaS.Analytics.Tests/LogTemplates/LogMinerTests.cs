using System.Text;
using CaaS.Analytics.LogTemplates;
using Xunit;

namespace CaaS.Analytics.Tests.LogTemplates;

public class LogMinerTests
{
    private readonly LogMiner _miner = new(new LogMinerOptions());

    [Theory]
    [InlineData("Order 4711 took 12.5ms", "Order <*> took <*>")]
    [InlineData("from 10.42.0.7:8080 failed", "from <*> failed")]
    [InlineData("id 123e4567-e89b-12d3-a456-426614174000 gone", "id <*> gone")]
    [InlineData("mac 5c:50:15:4c:18:13 up", "mac <*> up")]
    [InlineData("at 2026-03-02T09:00:00.123Z it ended", "at <*> it ended")]
    [InlineData("at Sat Jun 11 03:28:22 2005 it ended", "at <*> it ended")]
    [InlineData("read /var/log/app.log and C:\\Temp\\x.txt", "read <*> and <*>")]
    [InlineData("GET https://shop.example/cart?id=7 done", "GET <*>?id=<*> done")]
    [InlineData("user= host=web-1 ok", "user=<*> host=<*> ok")]
    [InlineData("took <1 sec", "took <*>")]
    [InlineData("flags=0xff enabled=true", "flags=<*> enabled=true")]
    [InlineData("say \"hello world\" to ssh2", "say \"hello world\" to ssh2")]
    [InlineData("don't panic", "don't panic")]
    [InlineData("call init() now", "call init() now")]
    [InlineData("[<02114537>] do_page_fault+0x12f/0x446", "[<<*>>] do_page_fault+<*>")]
    [InlineData("ids 1 2 3, 4", "ids <*> <*> <*>, <*>")]
    [InlineData("shop.cn:443 via cart-1:80", "<*> via <*>")]
    [InlineData("nodes:node-[40-63] sshd[77] up", "nodes:node-[40-63] sshd[<*>] up")]
    [InlineData("Fan speeds ( 3534 **** 3375 )", "Fan speeds ( <*> <*> <*> )")]
    [InlineData("key for #12# taken", "key for <*> taken")]
    [InlineData("host 2607:f140:6000:8:c6b3:1ff:fecd:467f via ::1", "host <*> via <*>")]
    [InlineData("{\"msg\":\"started\",\"pod\":\"cart-1\"}", "{\"msg\":\"started\",\"pod\":\"cart-1\"}")]
    [InlineData("msg=\"Server is ready\" took=\"3 s\"", "msg=\"Server is ready\" took=\"<*>\"")]
    [InlineData("", "")]
    public void A_line_is_cut_by_what_its_pieces_look_like(string line, string template) =>
        Assert.Equal(template, _miner.Add(line)!.Text);

    [Fact]
    public void What_looks_like_a_value_is_text_until_it_changes()
    {
        var first = _miner.Add("Link up on eth0")!;
        var before = first.Text;
        var second = _miner.Add("Link up on eth1")!;

        Assert.Equal("Link up on eth0", before);
        Assert.Same(first, second);
        Assert.Equal("Link up on <*>", first.Text);
    }

    [Fact]
    public void The_message_field_is_text_and_others_are_values()
    {
        var started = _miner.Add("{\"msg\":\"started\",\"pod\":\"cart-1\"}");

        Assert.Same(started, _miner.Add("{\"msg\":\"started\",\"pod\":\"cart-2\"}"));
        Assert.NotSame(started, _miner.Add("{\"msg\":\"stopped\",\"pod\":\"cart-2\"}"));
    }

    [Fact]
    public void Names_keep_what_they_have_in_common()
    {
        _miner.Add("Drained node-7");

        Assert.Equal("Drained node-<*>", _miner.Add("Drained node-12")!.Text);
    }

    [Fact]
    public void Lists_of_any_length_are_one_kind_of_line()
    {
        var one = _miner.Add("delete blk_123456 blk_223456")!;

        Assert.Same(one, _miner.Add("delete blk_123456 blk_223456 blk_323456"));
        Assert.Equal("delete <*>", one.Text);
    }

    [Fact]
    public void Groups_that_repeat_are_one_kind_of_line()
    {
        var three = _miner.Add("sets node-1 0x1f <ok> node-2 0x1f <ok> node-3 0x2f <ok>");

        Assert.Same(three, _miner.Add("sets node-1 0x1f <ok> node-2 0x1f <ok> node-3 0x2f <ok> node-4 0x2f <ok>"));
    }

    [Fact]
    public void States_stay_apart()
    {
        string[] states = ["started", "paused", "resumed", "stopped"];

        var patterns = states.Select(state => _miner.Add($"Job 17 {state} cleanly")).ToArray();
        _miner.Settle();

        Assert.Equal(4, patterns.Select(pattern => pattern!.Heir).Distinct().Count());
    }

    [Fact]
    public void Booleans_stay_apart_however_often()
    {
        var yes = _miner.Add("probe ready=true")!;
        var no = _miner.Add("probe ready=false")!;
        _miner.Settle();

        Assert.NotSame(yes.Heir, no.Heir);
    }

    [Fact]
    public void Many_words_in_one_place_are_a_value_and_the_version_says_so()
    {
        var told = new List<LogPattern>();
        foreach (var word in Words(15))
        {
            told.Add(_miner.Add($"{word} startup succeeded")!);
        }

        _miner.Settle();

        var heir = Assert.Single(told.Select(pattern => pattern.Heir).Distinct());
        Assert.Equal("<*> startup succeeded", heir.Text);
        Assert.True(heir.Version > 1);
        Assert.Equal(15, heir.Lines);
        Assert.All(told, pattern => Assert.Same(heir, _miner.Find(pattern.Id)!.Heir));
    }

    [Fact]
    public void Announced_words_need_only_a_few()
    {
        foreach (var name in new[] { "anna", "bert", "cleo" })
        {
            _miner.Add($"session opened for user {name} by daemon");
        }

        _miner.Settle();

        Assert.Equal("session opened for user <*> by daemon", _miner.Add("session opened for user dora by daemon")!.Text);
    }

    [Fact]
    public void A_pattern_never_becomes_nothing_but_a_value()
    {
        foreach (var word in Words(40))
        {
            _miner.Add(word);
        }

        _miner.Settle();

        Assert.Equal(40, _miner.Patterns.Count(pattern => pattern.Heir == pattern));
    }

    [Fact]
    public void Stack_frames_stay_apart()
    {
        foreach (var word in Words(30))
        {
            _miner.Add($"[<02114537>] {word}_page+0x12f/0x446");
        }

        _miner.Settle();

        Assert.Equal(30, _miner.Patterns.Count(pattern => pattern.Heir == pattern));
    }

    [Fact]
    public void Of_a_stack_trace_the_first_line_and_the_exceptions_count()
    {
        var one = _miner.Add("Charge 5 failed\nSystem.TimeoutException: after 30s\n   at Payment.Charge() in a.cs:line 3");

        Assert.Same(one, _miner.Add("Charge 6 failed\nSystem.TimeoutException: after 9s\n   at Other.Frame() in b.cs:line 8\n   at X.Y()"));
        Assert.NotSame(one, _miner.Add("Charge 6 failed\nSystem.IO.IOException: pipe\n   at Other.Frame() in b.cs:line 8"));
        Assert.Equal("Charge <*> failed | System.TimeoutException", one!.Text);
    }

    [Fact]
    public void Malformed_text_has_a_pattern()
    {
        byte[] broken = [0x66, 0xC3, 0x28, 0xFF, 0xFE, 0x20, 0x37];

        var pattern = _miner.Add((ReadOnlySpan<byte>)broken);

        Assert.Same(pattern, _miner.Add((ReadOnlySpan<byte>)broken));
        Assert.NotNull(_miner.Add("lone \uD800 surrogate 7 and \0 zero"));
        Assert.NotNull(_miner.Add((ReadOnlySpan<byte>)Encoding.UTF8.GetBytes("größer 7 Ελλάδα")));
    }

    [Fact]
    public void A_huge_line_is_read_to_its_limit()
    {
        var huge = string.Concat(Enumerable.Repeat("word 12 (x=[y]) ", 100_000));

        var pattern = _miner.Add(huge);

        Assert.Same(pattern, _miner.Add(huge + " more"));
        Assert.True(pattern!.Text.Length <= 2 * new LogMinerOptions().MaxLineLength);
    }

    [Fact]
    public void More_pieces_than_the_limit_are_one_value()
    {
        var miner = new LogMiner(new LogMinerOptions { MaxTokens = 16 });

        var pattern = miner.Add(string.Join(' ', Words(50)));

        Assert.EndsWith(LogPatternText.Any, pattern!.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Past_the_most_patterns_lines_are_counted_and_left()
    {
        var miner = new LogMiner(new LogMinerOptions { MaxTemplates = 8, MaxShapes = 8 });
        var words = Words(20).ToArray();

        var none = words.Count(word => miner.Add($"{word} {word}er end") is null);

        Assert.Equal((12, 12L, 8), (none, miner.Unsorted, miner.Patterns.Count));
        Assert.NotNull(miner.Add($"{words[0]} {words[0]}er end"));
    }

    [Fact]
    public void Lines_that_read_like_a_pattern_have_their_own_id()
    {
        var value = _miner.Add("port 80 open")!;
        var text = _miner.Add("port <*> open")!;

        Assert.NotEqual(value.Id, text.Id);
    }

    private static IEnumerable<string> Words(int count) =>
        Enumerable.Range(0, count).Select(index => new string([(char)('g' + (index / 10)), (char)('k' + (index % 10)), 'o', 'p']));
}
