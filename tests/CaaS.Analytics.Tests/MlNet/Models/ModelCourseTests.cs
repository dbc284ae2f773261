using CaaS.Analytics.MlNet.Models;
using CaaS.Analytics.Models;
using Xunit;

namespace CaaS.Analytics.Tests.MlNet.Models;

public sealed class ModelCourseTests : IDisposable
{
    private readonly string _path = Directory.CreateTempSubdirectory("caas-models-").FullName;
    private readonly ModelOptions _options = new();

    public void Dispose() => Directory.Delete(_path, recursive: true);

    [Fact]
    public void What_an_operator_goes_by_is_learned_and_promoted_only_after_it_did_better_in_shadow()
    {
        var course = Course();
        var ada = new Operator(1, Operator.Knows);
        var states = new List<string>();
        for (var i = 0; i < 120; i++)
        {
            ada.Judge();
            course.Advance(ada.Examples, ada.Now);
            states.AddRange(course.Versions.Take(1).Select(version => $"{version.Manifest!.Name} {version.Standing.State}"));
        }

        Assert.Equal("usefulness-1 Shadow", states[0]);
        var active = Assert.Single(course.Versions, version => version.Standing.State == ModelState.Active);
        Assert.True(active.Standing.Trial!.GainLow > 0);
        Assert.True(Wrong(course.Active!, Operator.Knows) < 0.15);
    }

    [Fact]
    public void Of_an_operator_who_guesses_nothing_is_promoted()
    {
        for (var seed = 1; seed <= 3; seed++)
        {
            var folder = Directory.CreateDirectory(Path.Combine(_path, $"{seed}")).FullName;
            var course = Course(folder);
            var bob = new Operator(seed, Operator.Guesses);
            for (var i = 0; i < 150; i++)
            {
                bob.Judge();
                if (i % 5 == 0)
                {
                    course.Advance(bob.Examples, bob.Now);
                }
            }

            Assert.NotEmpty(course.Versions);
            Assert.All(course.Versions, version => Assert.NotEqual(ModelState.Active, version.Standing.State));
            Assert.All(course.Versions, version => Assert.NotEqual("", version.Standing.Reason));
        }
    }

    [Fact]
    public void When_the_operator_turns_round_the_model_is_given_up_and_a_later_one_learns_the_new_rule()
    {
        var course = Course();
        var ada = new Operator(3, Operator.Knows);
        while (course.Active is null)
        {
            ada.Judge();
            course.Advance(ada.Examples, ada.Now);
            Assert.True(ada.Examples.Count < 150);
        }

        var judged = 0;
        while (course.Active is not null)
        {
            ada.Judge((features, random) => !Operator.Knows(features, random));
            course.Advance(ada.Examples, ada.Now);
            Assert.True(++judged < 40);
        }

        var reasons = course.Versions.Select(version => version.Standing.Reason);
        Assert.Contains(reasons, reason => reason.Contains("holds no more", StringComparison.Ordinal));
        for (var i = 0; i < 400; i++)
        {
            ada.Judge((features, random) => !Operator.Knows(features, random));
        }

        for (var i = 0; i < 10; i++)
        {
            course.Advance(ada.Examples, ada.Now);
            ada.Judge((features, random) => !Operator.Knows(features, random));
        }

        Assert.NotNull(course.Active);
        Assert.True(Wrong(course.Active, (features, random) => !Operator.Knows(features, random)) < 0.2);
    }

    [Fact]
    public void The_same_judgements_give_the_same_versions_and_ratings()
    {
        string Run(string name)
        {
            var course = Course(Directory.CreateDirectory(Path.Combine(_path, name)).FullName);
            var ada = new Operator(4, Operator.Knows);
            for (var i = 0; i < 80; i++)
            {
                ada.Judge();
            }

            course.Advance(ada.Examples, ada.Now);
            Assert.Equal("", course.Promote(1, "ada", ada.Now));
            return string.Join(
                '\n',
                course.Versions.Select(version => $"{version.Standing}")
                    .Concat(ada.Examples.Select(example => $"{course.Active!.Rate(example.Features):R}")));
        }

        Assert.Equal(Run("a"), Run("b"));
    }

    [Fact]
    public void A_restart_takes_up_where_it_stood_and_a_person_may_promote_and_roll_back()
    {
        var course = Course();
        var ada = new Operator(5, Operator.Guesses);
        for (var i = 0; i < 100; i++)
        {
            ada.Judge();
            course.Advance(ada.Examples, ada.Now);
        }

        Assert.Equal("", course.Promote(1, "ada", ada.Now));
        ada.Judge();
        Assert.Equal("", course.Promote(2, "ada", ada.Now));

        var again = Course();

        Assert.Equal("usefulness-2", again.ActiveName);
        Assert.Equal("There is no version 77.", again.Promote(77, "ada", ada.Now));
        Assert.Equal("", again.Rollback("ada", ada.Now));
        Assert.Equal("", again.ActiveName); // Nothing was believed when the second was trained.
        Assert.Equal("No version is active.", again.Rollback("ada", ada.Now));
        Assert.Equal("Rolled back by ada.", again.Versions.Single(v => v.Standing.Version == 2).Standing.Reason);
    }

    [Fact]
    public void Too_few_judgements_train_nothing_and_it_is_said_how_many_are_missing()
    {
        var course = Course();
        course.Advance([], Operator.T0);
        Assert.Equal("0 of the 40 judged incidents a first version needs are there.", course.Notice);

        Example[] alike =
        [
            .. Enumerable.Range(0, 60).Select(i => new Example(
                $"{i:D2}", Operator.T0.AddMinutes(i), new float[Operator.Names.Length], true)),
        ];
        course.Advance(alike, Operator.T0.AddDays(1));

        Assert.Contains("36 were useful", course.Notice, StringComparison.Ordinal);
        Assert.Empty(course.Versions);
    }

    [Fact]
    public void A_damaged_active_version_is_refused_with_the_reason_and_rates_nothing()
    {
        var ada = Promoted();
        var file = Directory.GetFiles(_path, "usefulness-000001.model").Single();
        var bytes = File.ReadAllBytes(file);
        bytes[bytes.Length / 2] ^= 1;
        File.WriteAllBytes(file, bytes);

        var course = Course();

        Assert.Null(course.Active);
        Assert.Contains("checksum", course.Versions[^1].Damage, StringComparison.Ordinal);
        Assert.Contains("checksum", course.Promote(1, "ada", ada.Now), StringComparison.Ordinal);
        course.Advance(ada.Examples, ada.Now);
        var standing = course.Versions[^1].Standing;
        Assert.Equal(ModelState.Retired, standing.State);
        Assert.Contains("checksum", standing.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("[{]")]
    [InlineData("null")]
    public void Damaged_standings_leave_the_versions_and_nothing_active(string content)
    {
        Promoted();
        File.WriteAllText(Path.Combine(_path, "standings.json"), content);

        var course = Course();

        Assert.Null(course.Active);
        Assert.All(course.Versions, version => Assert.Equal(ModelState.Retired, version.Standing.State));
        course.Advance([], Operator.T0);
        Assert.StartsWith("standings.json cannot be read", course.Notice, StringComparison.Ordinal);
        Assert.Equal("", course.Promote(1, "ada", Operator.T0));
    }

    [Fact]
    public void Only_so_many_versions_are_kept_and_their_numbers_are_not_used_again()
    {
        _options.KeptCountMax = 3;
        _options.RetrainAfter = 3;
        var course = Course();
        var bob = new Operator(2, Operator.Guesses);
        for (var i = 0; i < 110; i++)
        {
            bob.Judge();
            course.Advance(bob.Examples, bob.Now);
        }

        int[] versions = [.. course.Versions.Select(version => version.Standing.Version)];
        Assert.True(versions.Length <= 4);
        Assert.True(versions[0] > 8);
        Assert.Equal(versions.Length, Directory.GetFiles(_path, "*.model").Length);
    }

    private static double Wrong(RatingModel model, Func<float[], Random, bool> rule)
    {
        var unseen = new Operator(99, rule);
        for (var i = 0; i < 300; i++)
        {
            unseen.Judge();
        }

        var judged = unseen.Examples.Where(example => example.IsPositive is not null).ToArray();
        return judged.Count(example => model.Rate(example.Features) > 0.5 != example.IsPositive) / (double)judged.Length;
    }

    private Operator Promoted()
    {
        var course = Course();
        var ada = new Operator(6, Operator.Knows);
        for (var i = 0; i < 60; i++)
        {
            ada.Judge();
        }

        course.Advance(ada.Examples, ada.Now);
        Assert.Equal("", course.Promote(1, "ada", ada.Now));
        return ada;
    }

    private ModelCourse Course(string? path = null) =>
        new(new ModelFolder(path ?? _path, "usefulness"), "usefulness", Operator.Names, _options);
}
