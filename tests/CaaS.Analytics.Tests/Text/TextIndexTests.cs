using CaaS.Analytics.Text;
using FsCheck.Xunit;
using Xunit;

namespace CaaS.Analytics.Tests.Text;

public class TextIndexTests
{
    private static readonly string[] Vocabulary = ["node", "memory leak", "CrashLoopBackOff", "disk", "ORA-01555", "slow"];

    [Fact]
    public void A_title_says_more_than_a_body_and_a_short_text_more_than_a_long_one()
    {
        var index = Index(
            Document("body", "Something", "The disk is full."),
            Document("long", "Something", "The disk is full. " + string.Concat(Enumerable.Repeat("Other words follow here. ", 50))),
            Document("title", "Disk full", "Nothing more."));

        Assert.Equal(["title", "body", "long"], Ids(index.Search(Any("disk full"), 10)));
    }

    [Fact]
    public void A_word_few_documents_have_tells_more_than_one_all_have()
    {
        var index = Index(
            Document("a", "Service", "restart it"), Document("b", "Service", "restart it"), Document("c", "Quota", "restart it"));

        Assert.Equal("c", index.Search(Any("service quota"), 10)[0].Document.Id);
    }

    [Fact]
    public void Where_nothing_fits_nothing_is_answered()
    {
        var index = Index(Document("a", "Disk full", "Make room."));

        Assert.Empty(index.Search(TextQuestion.Search("certificate renewal of the gateway"), 10));
        Assert.Empty(index.Search(TextQuestion.Search("the of and"), 10));
        Assert.Empty(index.Search(new TextQuestion([], 0, 0, 0), 10));
        Assert.Empty(Index().Search(Any("disk"), 10));
    }

    [Fact]
    public void Without_a_key_part_a_document_does_not_fit_whatever_else_it_holds()
    {
        var index = Index(Document("rota", "cart", "cart belongs to storefront"), Document("leak", "Memory leak", "Restart it."));
        var question = new TextQuestion(
            [QuestionPart.Words("memory leak", 1, isKey: true), QuestionPart.Words("cart", 5)], 0.1, 0.01, 0.3);

        Assert.Equal(["leak"], Ids(index.Search(question with { ShadeAt = 0 }, 10)));
    }

    [Fact]
    public void A_bonus_not_found_takes_nothing_away()
    {
        var index = Index(Document("leak", "Memory leak", "Restart it."));
        var plain = new TextQuestion([QuestionPart.Words("memory leak", 1)], 0.5, 0, 0);
        var bonus = plain with { Parts = [.. plain.Parts, QuestionPart.Words("cart", 1) with { IsBonus = true }] };

        Assert.Equal(index.Search(plain, 1)[0].Score, index.Search(bonus, 1)[0].Score);
    }

    [Fact]
    public void A_label_is_found_as_a_whole_only()
    {
        var index = Index(
            new TextDocument("a", "x", ["http of shop/Deployment/cart"], []), new TextDocument("b", "x", ["http of shop/Deployment/cart-db"], []));

        Assert.Equal(
            ["a"], Ids(index.Search(new TextQuestion([QuestionPart.Whole(["HTTP of shop/Deployment/cart"], 1)], 0.5, 0, 0), 10)));
    }

    [Fact]
    public void The_best_section_is_told_with_its_heading_and_its_reasons()
    {
        var index = Index(new TextDocument("a", "Runbook", [],
        [
            new TextSection("", "How to use this."),
            new TextSection("Crashes", string.Concat(Enumerable.Repeat("Filler of no use.\n", 40)) + "Pods in CrashLoopBackOff: roll back."),
            new TextSection("Contacts", "Ask ada."),
        ]));

        var match = index.Search(Any("CrashLoopBackOff"), 1)[0];

        Assert.Equal(("Crashes", "Pods in CrashLoopBackOff: roll back."), (match.Heading, match.Excerpt));
        Assert.Equal(["CrashLoopBackOff"], match.Because);
    }

    [Fact]
    public void What_is_put_again_replaces_and_what_is_removed_is_gone()
    {
        var index = Index(Document("a", "Disk", "full"), Document("a", "Memory", "leak"));

        Assert.Equal(1, index.Count);
        Assert.Empty(index.Search(Any("disk"), 10));
        Assert.Single(index.Search(Any("memory"), 10));
        Assert.True(index.Remove("a"));
        Assert.False(index.Remove("a"));
        Assert.Equal((0, 0L), (index.Count, index.Characters));
    }

    [Fact]
    public void More_than_there_is_room_for_is_refused()
    {
        var index = new TextIndex(new TextIndexLimits(2, 100));

        Assert.True(index.Put(Document("a", "Disk", "full")));
        Assert.False(index.Put(Document("b", "Disk", new string('x', 200))));
        Assert.True(index.Put(Document("b", "Disk", "full")));
        Assert.False(index.Put(Document("c", "Disk", "full")));
        Assert.True(index.Put(Document("a", "Disk", "empty")));
    }

    [Property(MaxTest = 60)]
    public bool Equal_contents_give_equal_answers_whatever_their_history(byte[] history)
    {
        var index = Index();
        var held = new SortedDictionary<string, TextDocument>(StringComparer.Ordinal);
        foreach (var step in history)
        {
            var id = $"d{step % 5}";
            if (step % 7 == 0)
            {
                index.Remove(id);
                held.Remove(id);
            }
            else
            {
                held[id] = Document(id, Vocabulary[step % 6], $"{Vocabulary[step / 6 % 6]} and {Vocabulary[step / 36 % 6]}");
                index.Put(held[id]);
            }
        }

        var fresh = Index([.. held.Values]);
        return Vocabulary.All(word => Told(index, word).SequenceEqual(Told(fresh, word)))
            && index.Characters == fresh.Characters;
    }

    private static IEnumerable<(string, double, string)> Told(TextIndex index, string word) =>
        index.Search(Any(word + " node"), 10).Select(match => (match.Document.Id, match.Score, match.Excerpt));

    private static TextQuestion Any(string text) => new([QuestionPart.Words(text, 1)], 0.3, 0, 0) { ShadeAt = 0 };

    private static TextDocument Document(string id, string title, string body) => new(id, title, [], [new TextSection("", body)]);

    private static IEnumerable<string> Ids(IEnumerable<TextMatch> matches) => matches.Select(match => match.Document.Id);

    private static TextIndex Index(params TextDocument[] documents)
    {
        var index = new TextIndex(new TextIndexLimits(100, 1_000_000));
        foreach (var document in documents)
        {
            Assert.True(index.Put(document));
        }

        return index;
    }
}
