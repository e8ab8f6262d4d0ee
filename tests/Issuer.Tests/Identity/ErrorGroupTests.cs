using Issuer.Core.Identity;
using Issuer.Core.Records;

namespace Issuer.Tests.Identity;

/// <summary>The groups of CV 2262, as clients spell them.</summary>
public sealed class ErrorGroupTests
{
    [Theory]
    [InlineData(ErrorGroup.NoNumber, RecordState.MissingId, "1")]
    [InlineData(ErrorGroup.BadNumber, RecordState.BadIdFormat, "2")]
    [InlineData(ErrorGroup.WrongData, RecordState.Mismatched, "3")]
    [InlineData(ErrorGroup.NotFound, RecordState.NotFound, "not_found")]
    public void Each_group_has_its_state_and_its_spelling(ErrorGroup group, RecordState state, string wire)
    {
        Assert.Equal(group, ErrorGroups.Of(state));
        Assert.Equal(state, group.StateOf());
        Assert.Equal(wire, group.ToWire());
        Assert.Equal(group, ErrorGroups.Read(wire));
    }

    [Theory]
    [InlineData(RecordState.Pending)]
    [InlineData(RecordState.Matched)]
    [InlineData(RecordState.Exempt)]
    public void What_is_right_or_still_asked_for_is_in_no_group(RecordState state) =>
        Assert.Null(ErrorGroups.Of(state));

    [Theory]
    [InlineData("4")]
    [InlineData("0")]
    [InlineData("")]
    public void There_is_no_other_group(string wire) => Assert.Null(ErrorGroups.Read(wire));
}
