using CaaS.Rca.Priors;
using CaaS.Rca.Tests.Scenarios;
using CaaS.Signals;
using FsCheck.Xunit;
using Xunit;

namespace CaaS.Rca.Tests.Priors;

/// <summary>What people said moves a cause within bounds, less with time, and in no order.</summary>
public class PriorBookTests
{
    private static readonly EntityRef[] Entities = [Shop.Workload("cart"), Shop.Workload("stock"), Shop.NodeRef("node1")];
    private static readonly string[] Classes = ["bad-release", "memory-leak", ""];

    [Property(MaxTest = 200)]
    public void No_words_move_a_cause_beyond_the_bound(int seed, byte count, byte bound)
    {
        var options = new CauseFeedbackOptions { MaxNats = bound / 255.0, PseudoCount = 1 };
        var book = Book(options, Words(seed, count));

        foreach (var entity in Entities)
        {
            foreach (var faultClass in Classes)
            {
                var nats = book.Of(entity, faultClass, Shop.Start).Nats;
                Assert.InRange(nats, -options.MaxNats, options.MaxNats);
            }
        }
    }

    [Property(MaxTest = 200)]
    public void The_order_of_words_on_different_instants_makes_no_difference(int seed, byte count)
    {
        var options = new CauseFeedbackOptions { MaxIncidents = 10 };
        var words = Words(seed, count);
        var one = Book(options, words);
        var random = new Random(seed);
        var other = Book(options, [.. words.OrderBy(_ => random.Next())]);

        foreach (var entity in Entities)
        {
            Assert.Equal(one.Of(entity, "bad-release", Shop.Start), other.Of(entity, "bad-release", Shop.Start));
        }
    }

    [Property(MaxTest = 100)]
    public void Words_of_one_sort_weigh_less_the_older_they_are(byte count, bool isRight, ushort hours)
    {
        var verdict = isRight ? CauseVerdict.Confirmed : CauseVerdict.Wrong;
        var book = Book(new CauseFeedbackOptions(), [.. Said.Often(1 + (count % 20), Entities[0], "bad-release", verdict)]);

        var now = Math.Abs(book.Of(Entities[0], "bad-release", Shop.Start).Nats);
        var later = Math.Abs(book.Of(Entities[0], "bad-release", Shop.Start.AddHours(hours)).Nats);

        Assert.True(later <= now);
    }

    [Fact]
    public void One_word_moves_little_a_few_move_more_and_four_half_lives_later_none_does()
    {
        var options = new CauseFeedbackOptions();
        var once = Book(options, [Said.Of("a", Entities[0], "bad-release", CauseVerdict.Confirmed, 0.001)]);
        var mostly = Book(options,
        [
            .. Said.Often(4, Entities[0], "bad-release", CauseVerdict.Confirmed),
            Said.Of("a", Entities[0], "bad-release", CauseVerdict.Wrong),
        ]);

        Assert.Equal(2 * Math.Log(9.0 / 8), once.Of(Entities[0], "bad-release", Shop.Start).Nats, 4);
        Assert.InRange(mostly.Of(Entities[0], "bad-release", Shop.Start).Nats, 0.5, 0.6);
        Assert.Equal(
            "Feedback of the last 360 days: bad-release confirmed 4 times and wrong once, cart confirmed 4 times and wrong once",
            mostly.Of(Entities[0], "bad-release", Shop.Start).Say(Entities[0], "bad-release", mostly.Window));
        Assert.Equal(0, once.Of(Entities[0], "bad-release", Shop.Start.AddDays(360)).Nats);
        Assert.Equal(0, once.Of(Entities[2], "bad-release", Shop.Start).Nats);
        Assert.Equal(0, Book(new CauseFeedbackOptions { MaxNats = 0 }, [.. Said.Often(9, Entities[0], "bad-release", CauseVerdict.Wrong)])
            .Of(Entities[0], "bad-release", Shop.Start).Nats);
    }

    [Fact]
    public void The_last_word_on_an_incident_takes_the_place_of_those_before_it()
    {
        var confirmed = Said.Of("a", Entities[0], "bad-release", CauseVerdict.Confirmed, 3);
        var wrong = Said.Of("a", Entities[0], "bad-release", CauseVerdict.Wrong, 2);
        var withdrawn = Said.Of("a", Entities[0], "bad-release", CauseVerdict.Withdrawn, 1);

        Assert.True(Of(confirmed) > 0);
        Assert.Equal(Of(wrong), Of(confirmed, wrong));
        Assert.Equal(Of(wrong), Of(wrong, wrong, confirmed));
        Assert.Equal(0, Of(confirmed, wrong, withdrawn));

        static double Of(params CauseFeedback[] said) =>
            Book(new CauseFeedbackOptions(), said).Of(Entities[0], "bad-release", Shop.Start).Nats;
    }

    [Fact]
    public void What_was_right_of_a_wrong_cause_is_not_held_against_it()
    {
        // The class was right and the place was wrong; then the place was right and the class wrong.
        var book = Book(new CauseFeedbackOptions(),
        [
            Said.Of("a", Entities[0], "bad-release", CauseVerdict.Wrong) with
            {
                Causes =
                [
                    new JudgedCause(Entities[0], "bad-release", CauseVerdict.Wrong),
                    new JudgedCause(Entities[1], "bad-release", CauseVerdict.Confirmed),
                ],
            },
            Said.Of("b", Entities[1], "memory-leak", CauseVerdict.Wrong) with
            {
                Causes =
                [
                    new JudgedCause(Entities[1], "memory-leak", CauseVerdict.Wrong),
                    new JudgedCause(Entities[1], "", CauseVerdict.Confirmed),
                ],
            },
        ]);

        var stock = book.Of(Entities[1], "memory-leak", Shop.Start);
        Assert.Equal((2, 0), (stock.OfEntity.Confirmed, stock.OfEntity.Wrong));
        Assert.Equal((0, 1), (stock.OfClass.Confirmed, stock.OfClass.Wrong));
        var cart = book.Of(Entities[0], "bad-release", Shop.Start);
        Assert.Equal((0, 1), (cart.OfEntity.Confirmed, cart.OfEntity.Wrong));
        Assert.Equal((1, 0), (cart.OfClass.Confirmed, cart.OfClass.Wrong));
    }

    [Fact]
    public void Words_that_make_no_sense_are_left_out_and_counted()
    {
        var word = Said.Of("a", Entities[0], "bad-release", CauseVerdict.Confirmed).ToBatch();
        var seen = word.Events[0];

        Assert.Equal(SignalsJson.Encode(Said.Of("a", Entities[0], "bad-release", CauseVerdict.Confirmed)),
            SignalsJson.Encode(Assert.Single(CauseFeedback.In(SignalBatchCodec.Decode(SignalBatchCodec.Encode(word)), out var none))));
        Assert.Equal(0, none);
        foreach (var bad in new[]
        {
            seen with { Uid = "" }, seen with { Uid = new string('x', 65) }, seen with { Reason = "CauseUnknown" },
            seen with { Reason = "Confirmed" }, seen with { Message = new string('x', 65) },
        })
        {
            Assert.Empty(CauseFeedback.In(word with { Events = [bad] }, out var count));
            Assert.Equal(1, count);
        }

        Assert.Empty(CauseFeedback.In(word with { Events = [seen, seen, seen] }, out var many));
        Assert.Equal(1, many);
        Assert.Empty(CauseFeedback.In(word with { Source = "kubernetes" }, out var others));
        Assert.Equal(0, others);
    }

    private static PriorBook Book(CauseFeedbackOptions options, IReadOnlyList<CauseFeedback> said)
    {
        var book = new PriorBook(options);
        foreach (var word in said)
        {
            book.Fold(word);
        }

        return book;
    }

    /// <summary>Words on few incidents, so that some are judged twice, each at an instant of its own.</summary>
    private static CauseFeedback[] Words(int seed, int count)
    {
        var random = new Random(seed);
        return
        [
            .. Enumerable.Range(1, count).Select(index => Said.Of(
                $"i{random.Next(30)}", Entities[random.Next(3)], Classes[random.Next(3)], (CauseVerdict)random.Next(3),
                index + random.NextDouble())),
        ];
    }
}
