using CaaS.Analytics.LogTemplates;
using Xunit;

namespace CaaS.Analytics.Tests.LogTemplates;

public class LogJoinerTests
{
    [Fact]
    public void A_stack_trace_is_one_message()
    {
        var messages = Join(
            "Charge failed",
            "java.io.IOException: pipe".Insert(0, "Caused by: "),
            "\tat a.B.c(B.java:3)",
            "\t... 7 more",
            "Next line",
            "Last line");

        Assert.Equal(3, messages.Count);
        Assert.StartsWith("Charge failed\nCaused by:", messages[0], StringComparison.Ordinal);
        Assert.Equal(["Next line", "Last line"], messages[1..]);
    }

    [Fact]
    public void A_python_traceback_ends_with_its_exception()
    {
        var messages = Join("job failed", "Traceback (most recent call last):", "  File \"a.py\", line 3", "ValueError: no", "job retried");

        Assert.Equal(["job failed\nTraceback (most recent call last):\n  File \"a.py\", line 3\nValueError: no", "job retried"], messages);
    }

    [Fact]
    public void An_endless_message_is_cut_and_counted()
    {
        var joiner = new LogJoiner(maxLines: 10, maxLength: 1000);
        joiner.Add("start");
        for (var index = 0; index < 100; index++)
        {
            Assert.Null(joiner.Add("  more"));
        }

        Assert.Equal((91L, 10), (joiner.Cut, joiner.Flush()!.Split('\n').Length));
        Assert.Null(joiner.Flush());
    }

    private static List<string> Join(params string[] lines)
    {
        var joiner = new LogJoiner();
        var messages = new List<string>();
        foreach (var line in lines)
        {
            if (joiner.Add(line) is { } message)
            {
                messages.Add(message);
            }
        }

        messages.Add(joiner.Flush()!);
        return messages;
    }
}
